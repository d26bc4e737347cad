package io.stagemark.gate;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.run.record.RunLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a gate while it is written to. The folder of an earlier gate or run is kept once,
 * as {@code NAME.previous}; a lock keeps other runs and gates out.
 */
public final class GateFolder implements AutoCloseable {
  private final RunLock lock;

  private GateFolder(RunLock lock) {
    this.lock = lock;
  }

  /**
   * Checks whether a gate could write into a folder; changes nothing.
   *
   * @throws BadInputException if something of the user's is in the way there
   */
  public static void check(Path folder) throws BadInputException {
    List<Problem> problems = OutputFolders.problems(folder, OutputKind.GATE, false);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /**
   * Takes the folder, and moves an earlier measurement aside.
   *
   * @throws BadInputException as {@link #check}, or if it is in use
   * @throws IOException if the file system refuses
   */
  public static GateFolder take(Path folder) throws BadInputException, IOException {
    RunLock lock = RunLock.take(folder);
    try {
      OutputFolders.moveAside(folder, OutputKind.GATE);
      return new GateFolder(lock);
    } catch (IOException | BadInputException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
