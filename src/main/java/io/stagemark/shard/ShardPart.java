package io.stagemark.shard;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which shard of how many.
 *
 * @param index from 1
 * @param of how many there are, at most {@link #MAX_SHARDS}
 */
public record ShardPart(int index, int of) {
  /** The most shards that a data set is divided into. */
  public static final int MAX_SHARDS = 100_000;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  public ShardPart {
    if (of < 1 || of > MAX_SHARDS || index < 1 || index > of) {
      throw new IllegalArgumentException("shard %d of %d".formatted(index, of));
    }
  }

  /**
   * Reads a shard as a user writes it.
   *
   * @param option that it was given to, for the message
   * @throws BadInputException if it is not such as {@code 3/64}
   */
  public static ShardPart parse(String option, String text) throws BadInputException {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      int index = Integer.parseInt(matcher.group(1));
      int of = Integer.parseInt(matcher.group(2));
      if (index >= 1 && index <= of && of <= MAX_SHARDS) {
        return new ShardPart(index, of);
      }
    }
    throw new BadInputException(
        new Problem(
            option,
            text,
            "K/N: shard K of N, K from 1 to N, N at most " + MAX_SHARDS,
            option + " 1/64"));
  }

  /** Returns such as {@code 3/64}. */
  @Override
  public String toString() {
    return index + "/" + of;
  }

  /** Returns such as {@code shard-0003-of-0064}: names sort as shards do. */
  public String folder() {
    int width = Math.max(4, String.valueOf(of).length());
    String number = "%0" + width + "d";
    return String.format(ROOT, "shard-" + number + "-of-" + number, index, of);
  }

  /**
   * Some neighbours among the examples of a data set.
   *
   * @param first place of the first one, from 0
   * @param examples in order
   */
  public record Share(int first, List<Example> examples) {
    public Share {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Returns this shard's share: neighbours, as many as the others' or one more or less. The steps
   * of a sequence stay together, since a model's state goes from one to the next.
   */
  public Share of(List<Example> all) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i == 0 || all.get(i).startsSequence()) {
        starts.add(i);
      }
    }
    starts.add(all.size());
    int units = starts.size() - 1;
    int from = starts.get((int) ((index - 1L) * units / of));
    int to = starts.get((int) ((long) index * units / of));
    return new Share(from, all.subList(from, to));
  }
}
