// Sessions without TensorFlow's graph optimiser. It is not exact: TensorFlow 2.21 gives the gradient of sum (d/dx (-x + x^2/2))^2 the wrong sign
// (arithmetic optimisation and constant folding together). The graphs that run here are those of the operations as they were called, and have their bits.
// The binding is compiled with TF_NewSessionOptions defined as this function's name.
#undef TF_NewSessionOptions
#include "tensorflow/c/c_api.h"

extern "C" TF_SessionOptions* lemmata_session_options() {
  // ConfigProto { graph_options = 10 { rewrite_options = 10 { disable_meta_optimizer = 19: true } } }
  static const unsigned char config[] = {0x52, 0x05, 0x52, 0x03, 0x98, 0x01, 0x01};
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Status* status = TF_NewStatus();
  TF_SetConfig(options, config, sizeof config, status);
  TF_DeleteStatus(status);
  return options;
}
