package io.stagemark.report;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import java.io.IOException;

/**
 * A reporter that writes for another program. Figures of an INVALID case are wrong, and most
 * formats have no place to say so: such a case is left out unless it is asked for.
 */
public interface ExportReporter extends Reporter {

  /**
   * Renders a result, as {@link Reporter#render} does.
   *
   * @param invalid whether INVALID cases are among what is written
   */
  Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException, BadInputException;

  /** Renders a result without its INVALID cases. */
  @Override
  default Rendering render(RunResult result, OutputTree folder)
      throws IOException, BadInputException {
    return render(result, folder, InvalidCases.LEFT_OUT);
  }
}
