package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One way to score two saved files. */
public interface SavedScore {

  /** Returns its parameters, apart from the files. */
  List<ScoreParameter> parameters();

  /**
   * Returns the figures by the names that the output has: numbers, texts, lists of numbers, and
   * tables (lists of maps); nothing that is not defined.
   *
   * @throws BadInputException if a file cannot be read or does not fit
   */
  Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException;
}
