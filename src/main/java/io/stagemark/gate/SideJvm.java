package io.stagemark.gate;

import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.data.JavaCommand;
import io.stagemark.data.Jdk;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.MeasuringJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a JVM of one side of a gate is started. */
final class SideJvm {
  private SideJvm() {}

  /**
   * Starts the hidden command {@code block} on the side's class path.
   *
   * @param environment what the engine asks for
   * @param folder an empty or missing folder for the request and the JVM's files
   * @param options of the command, before the folder
   */
  static Process start(
      Side side,
      BlockRequest request,
      Map<String, String> environment,
      Path folder,
      String... options)
      throws IOException {
    Files.createDirectories(folder);
    ResultFiles.writePresent(folder.resolve(BlockRequest.FILE), request);
    return new MeasuringJvm(
            side.jdk().orElseGet(Jdk::running), request.trial().measure(), environment, folder)
        .of(
            BlockMain.class,
            side.classPath().isEmpty()
                ? JavaCommand.ownClassPath()
                : ClassPathText.of(side.classPath(), folder),
            List.of(),
            options)
        .start();
  }
}
