#if Metrics
import CoreMetrics
import TensorBoard
#endif
