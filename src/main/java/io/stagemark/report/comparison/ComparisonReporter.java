package io.stagemark.report.comparison;

import io.stagemark.data.BadInputException;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.spi.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A rendering of a comparison, found with {@link java.util.ServiceLoader}: {@code compare}, {@code
 * gate} and {@code report} take its name with {@code --format}.
 */
public interface ComparisonReporter extends Named {
  /**
   * Renders a comparison. Its names, reasons and paths come from files: they are to be escaped, see
   * {@link io.stagemark.data.PlainText}.
   *
   * @return the whole text, ending with a line break
   */
  String render(Comparison comparison) throws IOException;

  /**
   * Renders a comparison whose folder holds the samples that it names; as without a folder unless a
   * reporter shows them.
   *
   * @param folder of the comparison
   * @return the whole text, ending with a line break
   * @throws BadInputException if a file that the comparison names is damaged
   */
  default String render(Comparison comparison, Path folder) throws IOException, BadInputException {
    return render(comparison);
  }

  /**
   * Returns the name of the file that is written next to {@code comparison.json}, such as {@code
   * comparison.md}; empty for one that is only printed.
   */
  default Optional<String> file() {
    return Optional.empty();
  }
}
