package io.stagemark.trial;

import io.stagemark.data.BadInputException;
import io.stagemark.engine.EngineException;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.task.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exception that a child JVM ended with, left by the child in its folder: the cause is in the
 * first lines of a stack trace, not in the last ones.
 *
 * @param links the exception, then its cause, and so on
 */
public record ChildFailure(List<Link> links) {
  private static final String FILE = "failure.json";
  private static final int MAX_LINKS = 5;
  private static final int MAX_FRAMES = 3;
  private static final String OURS = "io.stagemark.";

  private static final Pattern HEADER =
      Pattern.compile(
          "(?:Exception in thread \"[^\"]*\" |Caused by: )?"
              + "((?:[\\w$]+\\.)+[\\w$]*(?:Error|Exception)[\\w$]*)(?:: (.*))?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[\\w.@-]*/)*(io\\.stagemark\\..*)");

  public ChildFailure {
    links = List.copyOf(links);
  }

  /**
   * One exception of the chain.
   *
   * @param type its class
   * @param message its message; may be empty
   * @param frames the first of this program's frames, as a stack trace shows them
   */
  public record Link(String type, String message, List<String> frames) {
    public Link {
      frames = List.copyOf(frames);
    }

    private static Link of(Throwable thrown) {
      List<String> frames =
          thrown instanceof BadInputException
                  || thrown instanceof EngineException
                  || thrown instanceof TaskException
              ? List.of() // our own message, for people: a stack frame adds nothing
              : Arrays.stream(thrown.getStackTrace())
                  .filter(frame -> frame.getClassName().startsWith(OURS))
                  .map(ChildFailure::shown)
                  .distinct() // a recursion
                  .limit(MAX_FRAMES)
                  .toList();
      return new Link(
          thrown.getClass().getName(), String.valueOf(thrown.getMessage()).strip(), frames);
    }

    /** Returns whether this program threw it because of its input: the class adds nothing then. */
    private boolean ownWords() {
      return type.equals(BadInputException.class.getName())
          || type.equals(EngineException.class.getName())
          || type.equals(TaskException.class.getName());
    }

    private String text() {
      String said = message.isEmpty() || message.equals("null") ? "" : message;
      return ownWords() && !said.isEmpty() ? said : type + (said.isEmpty() ? "" : ": " + said);
    }
  }

  /** Without the loader and the module, which the class's name makes clear. */
  private static String shown(StackTraceElement frame) {
    return "%s.%s(%s:%s)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  static ChildFailure of(Throwable thrown) {
    List<Link> links = new ArrayList<>();
    for (Throwable each = thrown;
        each != null && links.size() < MAX_LINKS;
        each = each.getCause()) {
      links.add(Link.of(each));
    }
    return new ChildFailure(links);
  }

  /** Writes the exception to the child's folder, if that is writable. */
  public static void write(Path folder, Throwable thrown) {
    try {
      ResultFiles.write(folder.resolve(FILE), of(thrown));
    } catch (IOException | RuntimeException e) {
      // the parent reads the stack trace on standard error instead
      thrown.addSuppressed(e);
    }
  }

  /** Returns a child's failure; empty if its folder has none that can be read. */
  public static Optional<ChildFailure> read(Path folder) {
    try {
      return Files.isRegularFile(folder.resolve(FILE))
          ? Optional.of(ResultFiles.read(folder.resolve(FILE), ChildFailure.class))
              .filter(failure -> !failure.links().isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the child died while it wrote
    }
  }

  /** Returns the last exception whose stack trace was printed; empty if there is none. */
  public static Optional<ChildFailure> parse(List<String> lines) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      Matcher header = HEADER.matcher(lines.get(i).strip());
      boolean cause = lines.get(i).startsWith("Caused by: ");
      if (!header.matches() || !lines.get(i + 1).strip().matches("(?:at|\\.\\.\\.) .*")) {
        continue;
      }
      if (!cause) {
        links.clear();
      }
      if (links.size() < MAX_LINKS) {
        links.add(
            new Link(
                header.group(1),
                Optional.ofNullable(header.group(2)).orElse(""),
                frames(lines.subList(i + 1, lines.size()))));
      }
    }
    return links.isEmpty() ? Optional.empty() : Optional.of(new ChildFailure(links));
  }

  private static List<String> frames(List<String> below) {
    return below.stream()
        .takeWhile(line -> line.strip().startsWith("at "))
        .map(FRAME::matcher)
        .filter(Matcher::matches)
        .map(frame -> frame.group(1))
        .distinct()
        .limit(MAX_FRAMES)
        .toList();
  }

  /** Returns the class and message in a line, our first frames below it, and the causes. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (Link link : links) {
      if (!before.isEmpty() && before.contains(link.text())) {
        continue; // a wrapping exception repeats its cause's message
      }
      text.append(text.length() == 0 ? "" : "\n  caused by ").append(link.text());
      link.frames().forEach(frame -> text.append("\n    at ").append(frame));
      before = link.text();
    }
    return text.toString();
  }

  /** Returns the first exception of this class in the chain. */
  public Optional<Link> link(Class<? extends Throwable> type) {
    return links.stream().filter(link -> link.type().equals(type.getName())).findFirst();
  }
}
