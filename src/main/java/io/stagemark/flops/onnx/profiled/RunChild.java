package io.stagemark.flops.onnx.profiled;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.onnx.file.NodeNames;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.value.GraphFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The other side of {@link RunProcess}: a JVM that runs one model once and ends. */
public final class RunChild {
  private static final int REFUSED = 2;

  private RunChild() {}

  /**
   * Runs what the folder orders.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    endWithTheParent();
    Path folder = Path.of(args[0]);
    try {
      RunProcess.RunRequest order =
          new ObjectMapper()
              .readValue(folder.resolve(RunProcess.ORDER).toFile(), RunProcess.RunRequest.class);
      List<NodeExecution> executions = run(order);
      new ObjectMapper().writeValue(folder.resolve(RunProcess.EVENTS).toFile(), executions);
      Runtime.getRuntime().halt(0);
    } catch (EngineException | GraphFault e) {
      Files.writeString(folder.resolve(RunProcess.REFUSAL), String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(REFUSED);
    }
  }

  private static List<NodeExecution> run(RunProcess.RunRequest order)
      throws IOException, EngineException {
    RunProcess.RunRequest.Settings words = order.settings();
    NodeProfiler.Settings settings =
        new NodeProfiler.Settings(
            words.optimized(),
            words.prepacked(),
            words.threads(),
            words.runs(),
            words.optimizedModel().isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(words.optimizedModel())));
    OnnxFile file = OnnxFile.read(Path.of(order.model()));
    return ProfiledRun.of(file, NodeNames.unique(file.model()), order.inputs(), settings);
  }

  /** The parent holds the other end of standard input for as long as it lives. */
  private static void endWithTheParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said on it
                }
              } catch (IOException e) {
                // closed: as if it had ended
              }
              Runtime.getRuntime().halt(REFUSED);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
