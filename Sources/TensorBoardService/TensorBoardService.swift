#if ServiceLifecycle
import ServiceLifecycle
import TensorBoard
#endif
