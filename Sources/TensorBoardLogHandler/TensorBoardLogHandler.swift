#if Logging
import Logging
import TensorBoard
#endif
