package io.stagemark.inspect.text;

import io.stagemark.data.PlainText;
import io.stagemark.inspect.InspectedInput;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputPart;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.Shapes;
import io.stagemark.inspect.head.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An inspection as a person reads it, in lines of at most 80 columns. */
public final class InspectionText {
  private static final int WIDTH = 80;
  private static final int LABEL = 10;
  private static final int FACT_COLUMN = 48;
  private static final int MAX_ROWS = 6;

  private final StringBuilder text = new StringBuilder();
  private final ModelInspection found;

  private InspectionText(ModelInspection found) {
    this.found = found;
  }

  /** Returns the lines, each with a line feed. */
  public static String render(ModelInspection found) {
    return new InspectionText(found).render();
  }

  /** Returns what a run begins with: the file, its inputs, its head and its preparation. */
  public static String summary(ModelInspection found) {
    InspectionText some = new InspectionText(found);
    some.wrapped("", some.title());
    some.inputs();
    some.head();
    some.preparation();
    return some.text.toString();
  }

  /**
   * Returns what a run begins with, its examples and its scores.
   *
   * @param data what the examples are, in words
   * @param scores which scores are taken, or why none are, in words
   */
  public static String summary(ModelInspection found, String data, String scores) {
    InspectionText some = new InspectionText(found);
    some.wrapped("data", data);
    some.wrapped("scores", scores);
    return summary(found) + some.text;
  }

  private void inputs() {
    for (InspectedInput input : some(found.inputs())) {
      row("input", input(input), graded(input.shape()));
      input
          .fill()
          .filter(fill -> !fill.value().isUnknown())
          .ifPresent(fill -> row("", fill.value().text(), graded(fill)));
    }
  }

  private void preparation() {
    found
        .preparation()
        .ifPresent(prep -> row("prep", prep.text(), graded(prep.grade(), prep.source())));
  }

  private String render() {
    wrapped("", title());
    inputs();
    if (!found.trace().firstSteps().isEmpty()) {
      row("inside", String.join(", ", found.trace().firstSteps()), "derived: first operators");
    }
    for (OutputSignature output : some(found.trace().outputs())) {
      row("output", output(output), ends(output));
    }
    if (!found.trace().notable().isEmpty()) {
      row("graph", String.join(", ", found.trace().notable()), "stated by the file");
    }
    head();
    found.names().ifPresent(names -> row("names", names(names), graded(names)));
    preparation();
    found
        .declared()
        .metadata()
        .licence()
        .ifPresent(licence -> row("licence", licence, "stated: metadata license"));
    found.notes().forEach(note -> wrapped("note", note));
    run();
    return text.toString();
  }

  private String title() {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(found.file().getFileName()));
    parts.add(size(found.bytes()));
    found.declared().opset().ifPresent(opset -> parts.add("opset " + opset));
    if (found.declared().opset().isEmpty()) {
      parts.add(found.declared().format());
    }
    String origin = found.declared().origin();
    if (!origin.isBlank()) {
      parts.add(origin);
    }
    return String.join(" · ", parts);
  }

  private static String size(long bytes) {
    if (bytes < 100_000) {
      return bytes + " bytes";
    }
    boolean large = bytes >= 1_000_000_000;
    return String.format(Locale.ROOT, large ? "%.2f GB" : "%.1f MB", bytes / (large ? 1e9 : 1e6));
  }

  private static String input(InspectedInput input) {
    return "%s  %s %s"
        .formatted(
            input.declared().name(), input.declared().type(), Shapes.text(input.shape().value()));
  }

  private static String output(OutputSignature output) {
    return "%s  %s %s".formatted(output.name(), output.type(), output.shapeText());
  }

  private static String ends(OutputSignature output) {
    return output.operator().isEmpty() ? "" : "derived: ends in " + output.operator();
  }

  private void head() {
    if (found.head().isPresent()) {
      Head head = found.head().get();
      row("head", head(head), graded(head.grade(), head.source()));
      if (!head.trap().isEmpty()) {
        wrapped("trap", head.trap());
      }
      return;
    }
    if (found.recognition().candidates().isEmpty()) {
      row("head", "none recognised", "");
      return;
    }
    row("head", "several fit", "");
    for (Head head : found.recognition().candidates()) {
      row("", head.family() + ": " + head(head), graded(head.grade(), head.source()));
    }
  }

  private String head(Head head) {
    List<String> parts = new ArrayList<>();
    parts.add(head.title());
    head.classes()
        .ifPresent(count -> parts.add("%d class%s".formatted(count, count == 1 ? "" : "es")));
    found
        .trace()
        .outputs()
        .forEach(
            output -> {
              String last = activation(output);
              if (!last.isEmpty() && !parts.contains(last)) {
                parts.add(last);
              }
            });
    return String.join(", ", parts);
  }

  /** Of the output, or of the last of the parts that it joins: class scores are behind boxes. */
  private static String activation(OutputSignature output) {
    List<OutputPart> joined = output.parts();
    String last = joined.isEmpty() ? output.operator() : joined.get(joined.size() - 1).operator();
    return last.equals("Sigmoid") || last.equals("Softmax")
        ? last.toLowerCase(Locale.ROOT) + " inside"
        : "";
  }

  private static String names(Fact<List<String>> names) {
    String first = names.value().stream().limit(3).collect(Collectors.joining(", "));
    return names.value().size() <= 3 ? first : "%s, … (%d)".formatted(first, names.value().size());
  }

  /** What a run would do, and the line that answers what is open. */
  private void run() {
    List<String> why = found.scoreObstacles();
    String shapes =
        found.inputs().stream()
            .map(input -> Shapes.text(input.shape().value()))
            .collect(Collectors.joining(", "));
    String decoder =
        found
            .head()
            .flatMap(Head::decoder)
            .map(type -> "task %s, decoder %s".formatted(found.task().value(), type))
            .orElse("task tensors: the forward alone");
    wrapped("a run", "would take %s; %s".formatted(shapes, decoder));
    wrapped(
        "scores", why.isEmpty() ? "can be taken" : "cannot be taken: " + String.join("; ", why));
    if (found.recognition().isAmbiguous()) {
      wrapped(
          "try",
          found.recognition().candidates().stream()
              .map(head -> "--head " + head.family())
              .distinct()
              .collect(Collectors.joining(", or ", "add ", "")));
    } else if (found.inputs().stream().anyMatch(InspectionText::isAssumed)) {
      wrapped(
          "try",
          "another size with "
              + found.inputs().stream()
                  .filter(InspectionText::isAssumed)
                  .map(input -> option(input))
                  .collect(Collectors.joining(" ")));
    }
  }

  private static boolean isAssumed(InspectedInput input) {
    return input.shape().grade() == Grade.ASSUMED;
  }

  private static String option(InspectedInput input) {
    String shape = input.declared().name() + "=" + Shapes.option(input.shape().value());
    return "--shape " + PlainText.shellArgument(shape);
  }

  private static String graded(Fact<?> fact) {
    return graded(fact.grade(), fact.source());
  }

  private static String graded(Grade grade, String source) {
    boolean file = grade == Grade.STATED && source.equals("the file");
    return file ? "stated by the file" : grade.text() + (source.isEmpty() ? "" : ": " + source);
  }

  private static <T> List<T> some(List<T> all) {
    return all.size() <= 2 * MAX_ROWS ? all : all.subList(0, 2 * MAX_ROWS);
  }

  /** The fact at the left, its grade and source at the right, or below where one is too long. */
  private void row(String label, String fact, String source) {
    String left = PlainText.line(fact);
    String right = PlainText.line(source);
    boolean fits = LABEL + left.length() < FACT_COLUMN && FACT_COLUMN + right.length() <= WIDTH;
    if (fits && !right.isEmpty()) {
      String line = "  %-8s%s".formatted(label, left);
      text.append(line).append(" ".repeat(FACT_COLUMN - line.length())).append(right).append('\n');
      return;
    }
    wrapped(label, left, LABEL);
    if (!right.isEmpty()) {
      wrapped("", right, LABEL + 2);
    }
  }

  private void wrapped(String label, String words) {
    wrapped(label, PlainText.line(words), label.isEmpty() ? 0 : LABEL);
  }

  /** Breaks at spaces; a word that is longer than a line is cut by none, it is shortened. */
  private void wrapped(String label, String words, int indent) {
    StringBuilder line = new StringBuilder(label.isEmpty() ? " ".repeat(indent) : "  " + label);
    while (line.length() < indent) {
      line.append(' ');
    }
    int start = line.length();
    for (String word : words.split(" ", -1)) {
      String shown = shortened(word, WIDTH - Math.max(indent, LABEL));
      boolean first = line.length() == start;
      if (!first && line.length() + 1 + shown.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(" ".repeat(Math.max(indent, LABEL)));
        start = line.length();
        first = true;
      }
      line.append(first ? "" : " ").append(shown);
    }
    text.append(line).append('\n');
  }

  private static String shortened(String word, int most) {
    return word.length() <= most ? word : word.substring(0, most - 1) + "…";
  }
}
