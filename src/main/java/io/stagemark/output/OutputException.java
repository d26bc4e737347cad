package io.stagemark.output;

import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** An output folder that cannot be written to any more. The message is a sentence for the user. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an Optional of a record of strings; never serialised
  private final Optional<Problem> problem;

  /** A folder, and what happened to it. */
  public OutputException(Path folder, String what) {
    super(PlainText.line(ShownPath.of(folder) + ": " + what));
    this.problem = Optional.empty();
  }

  /** A folder, and what cannot be done in it. */
  public OutputException(Path folder, String what, IOException cause) {
    super(PlainText.line(ShownPath.of(folder) + ": " + what + ": " + reason(cause)), cause);
    this.problem = Optional.empty();
  }

  /** Something of the user's is in the way. */
  OutputException(Problem problem) {
    super(PlainText.line(problem.where() + ": " + problem.found() + "; try: " + problem.tryThis()));
    this.problem = Optional.of(problem);
  }

  /** The same, with a sentence more. */
  public OutputException(OutputException what, String more) {
    super(what.getMessage() + "; " + more, what);
    this.problem = what.problem;
  }

  /** Returns what of the user's is in the way; empty if the folder cannot be written to. */
  public Optional<Problem> problem() {
    return problem;
  }

  /** Returns why a file could not be written or read, in words. */
  static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String text =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }

  /** The sentence alone: a class name before it says nothing to a user. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // programs print it by toString, whatever it is
  public String toString() {
    return String.valueOf(getMessage());
  }
}
