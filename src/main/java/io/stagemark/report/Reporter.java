package io.stagemark.report;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import io.stagemark.spi.Named;
import java.io.IOException;

/**
 * A rendering of a result, found with {@link java.util.ServiceLoader}.
 *
 * <p>To add one: implement this and name the class in {@code
 * META-INF/services/io.stagemark.report.Reporter}. Files are written through the folder that it is
 * given, so that nothing of a user's is lost.
 */
public interface Reporter extends Named {

  /**
   * Renders a result. It may have cases without figures: it was interrupted, or trials failed.
   *
   * @param result what was measured
   * @param folder the run's, which exists and holds the files that {@code result} names
   * @return what to show on the console, and the files written
   * @throws IOException if a file cannot be written
   * @throws BadInputException if a file that {@code result} names is damaged
   */
  Rendering render(RunResult result, OutputTree folder) throws IOException, BadInputException;
}
