package io.stagemark.engine.onnxruntime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.engine.NodeExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The JSON that the runtime's profiler writes (Chrome's trace event format). */
final class ProfileFile {
  /** The profiler drops what comes after so many events, and says so nowhere in the file. */
  static final int MAX_EVENTS = 1_000_000;

  private static final String KERNEL = "_kernel_time";

  private ProfileFile() {}

  /**
   * Reads the kernels' events in order of time.
   *
   * @throws IOException if the file is not whole: it ended at the profiler's limit
   */
  static List<NodeExecution> read(Path file) throws IOException {
    JsonNode events = new ObjectMapper().readTree(file.toFile());
    if (events.size() >= MAX_EVENTS) {
      throw new IOException(
          "ONNX Runtime stops after %d events: give a smaller input".formatted(MAX_EVENTS));
    }
    List<Long> ends = new ArrayList<>();
    List<JsonNode> kernels = new ArrayList<>();
    for (JsonNode event : events) {
      String name = event.path("name").asText();
      if (event.path("cat").asText().equals("Node") && name.endsWith(KERNEL)) {
        kernels.add(event);
      } else if (name.equals("model_run")) {
        ends.add(event.path("ts").asLong() + event.path("dur").asLong());
      }
    }
    ends.sort(Comparator.naturalOrder());
    kernels.sort(Comparator.comparingLong(event -> event.path("ts").asLong()));
    List<NodeExecution> executions = new ArrayList<>();
    for (JsonNode event : kernels) {
      executions.add(execution(event, ends));
    }
    return executions;
  }

  private static NodeExecution execution(JsonNode event, List<Long> ends) {
    String name = event.path("name").asText();
    JsonNode args = event.path("args");
    long start = event.path("ts").asLong();
    int run = 0;
    while (run < ends.size() - 1 && start > ends.get(run)) {
      run++;
    }
    return new NodeExecution(
        run,
        name.substring(0, name.length() - KERNEL.length()),
        args.path("op_name").asText(),
        ports(args.path("input_type_shape")),
        ports(args.path("output_type_shape")),
        start,
        event.path("dur").asLong());
  }

  private static List<NodeExecution.Port> ports(JsonNode list) {
    List<NodeExecution.Port> ports = new ArrayList<>();
    for (JsonNode entry : list) {
      for (Map.Entry<String, JsonNode> port : entry.properties()) {
        List<Long> shape = new ArrayList<>();
        port.getValue().forEach(extent -> shape.add(extent.asLong()));
        ports.add(new NodeExecution.Port(port.getKey(), shape));
      }
    }
    return ports;
  }
}
