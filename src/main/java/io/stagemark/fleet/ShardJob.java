package io.stagemark.fleet;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scoring of a whole data set as a job of another system: one {@code score-shard} a task.
 *
 * @param name of the run
 * @param program the launcher, as the tasks find it
 * @param config the config and its overrides, as arguments
 * @param shards how many tasks
 * @param out folder that every task writes to
 * @param merged folder of the merged result
 * @param needs of a task
 */
public record ShardJob(
    String name,
    String program,
    List<String> config,
    int shards,
    String out,
    String merged,
    Needs needs) {
  private static final int MAX_NAME = 52;

  public ShardJob {
    config = List.copyOf(config);
  }

  /**
   * What a task needs.
   *
   * @param cpus whole processors
   * @param memoryMiB of the child's heap and everything else
   * @param parallel tasks at a time
   */
  public record Needs(int cpus, int memoryMiB, int parallel) {}

  /**
   * Refuses names that a comment or a line of a script cannot hold.
   *
   * @throws BadInputException naming each
   */
  public void requireLines(String... more) throws BadInputException {
    List<Problem> problems =
        Stream.concat(
                Stream.of(name, program, out, merged),
                Stream.concat(config.stream(), Stream.of(more)))
            .filter(text -> text.codePoints().anyMatch(ShardJob::breaksLines))
            .map(
                text ->
                    new Problem(
                        "fleet render",
                        PlainText.line(text),
                        "names and values without control characters",
                        "rename it"))
            .toList();
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static boolean breaksLines(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Returns the arguments of a task but the shard's. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(program, "score-shard"));
    arguments.addAll(config);
    arguments.add("--out");
    arguments.add(out);
    return arguments;
  }

  /** Returns the line that merges the shards, as a shell reads it. */
  String mergeLine() {
    return Stream.of(program, "merge", out, "--out", merged)
        .map(PlainText::shellArgument)
        .collect(Collectors.joining(" "));
  }

  /** Returns a name of lower-case letters, digits and hyphens, as DNS has them. */
  String label() {
    String plain =
        ("stagemark-" + name)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("-+$", "");
    return plain.length() <= MAX_NAME ? plain : plain.substring(0, MAX_NAME).replaceAll("-+$", "");
  }
}
