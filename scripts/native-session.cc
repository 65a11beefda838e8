// Sessions as the graphs of training steps need them. The binding is compiled with TF_NewSessionOptions defined as this function's name.
//
// No graph optimiser: it is not exact. TensorFlow 2.21 gives the gradient of sum (d/dx (-x + x^2/2))^2 the wrong sign (arithmetic optimisation and constant
// folding together). The graphs that run here are those of the operations as they were called, and have their bits.
//
// No threads between operations: a graph is run by the thread that calls, one operation after the other, as PyTorch runs them. Handing a graph of a hundred small
// operations to a pool costs two changes of threads a step, and as much as a small step itself where another process holds the core.
// Threads within an operation are untouched.
#undef TF_NewSessionOptions
#include <string>

#include "tensorflow/c/c_api.h"

namespace {

/** A field of a protocol buffer whose number is below 16 and whose content has fewer than 128 bytes. */
std::string field(char number, const std::string& content) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(content.size())} + content;
}

}  // namespace

extern "C" TF_SessionOptions* lemmata_session_options() {
  // ConfigProto { inter_op_parallelism_threads = 5: -1, graph_options = 10 { rewrite_options = 10 { disable_meta_optimizer = 19: true } },
  //               experimental = 16 { executor_type = 3 } }
  const std::string inline_threads = "\x28\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
  const std::string as_written = field(10, field(10, "\x98\x01\x01"));
  const std::string executor = field(3, "SINGLE_THREADED_EXECUTOR");
  const std::string config = inline_threads + as_written + "\x82\x01" + static_cast<char>(executor.size()) + executor;
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Status* status = TF_NewStatus();
  TF_SetConfig(options, config.data(), config.size(), status);
  TF_DeleteStatus(status);
  return options;
}
