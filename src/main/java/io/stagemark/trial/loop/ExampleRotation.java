package io.stagemark.trial.loop;

import io.stagemark.result.UnreadableExample;
import io.stagemark.task.ExampleSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The order of visits: the examples of the data set in turn, again and again, without those that
 * could not be decoded. Examples are named by their index in the data set. Choosing a batch
 * allocates nothing. Not thread-safe.
 */
public final class ExampleRotation {
  private final ExampleSource[] sources;
  private final int batch;
  private final int[] order;
  private final SortedMap<Integer, String> leftOut = new TreeMap<>();
  private int count;
  private int first;
  private int next;

  /**
   * @param batch examples in a batch
   */
  ExampleRotation(List<ExampleSource> sources, int batch) {
    this.sources = sources.toArray(new ExampleSource[0]);
    this.batch = batch;
    this.order = IntStream.range(0, sources.size()).toArray();
    this.count = order.length;
  }

  /** Begins the next batch. */
  void begin() {
    first = next;
    next = (first + batch) % count;
  }

  /** Returns the example in a slot of the batch that was begun last. */
  int example(int slot) {
    return order[(first + slot) % count];
  }

  /** Returns what a slot of that batch is read from. */
  ExampleSource source(int slot) {
    return sources[example(slot)];
  }

  /** Returns the first example of the batch to come. */
  int nextExample() {
    return order[next];
  }

  /** Returns after how many batches the same batches come again. */
  int batches() {
    int a = count;
    int b = batch;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return count / a;
  }

  /** Goes back by so many batches. */
  void back(int batches) {
    next = Math.floorMod(next - batches * batch, count);
  }

  /**
   * Leaves an example of the batch that was begun last out from now on; the batch is then begun
   * with the examples that move up.
   *
   * @return false if it was the last one: the rotation stays as it was
   */
  boolean leaveOut(int slot, String reason) {
    int position = (first + slot) % count;
    leftOut.put(order[position], reason);
    if (count == 1) {
      return false;
    }
    System.arraycopy(order, position + 1, order, position, count - position - 1);
    count--;
    first = (position < first ? first - 1 : first) % count;
    next = (first + batch) % count;
    return true;
  }

  /** Leaves out what another rotation over the same examples leaves out. */
  void leaveOutAs(ExampleRotation other) {
    System.arraycopy(other.order, 0, order, 0, order.length);
    count = other.count;
    next %= count;
    leftOut.putAll(other.leftOut);
  }

  /** Returns what is visited, in order. */
  public List<ExampleSource> readable() {
    return Arrays.stream(order, 0, count).mapToObj(example -> sources[example]).toList();
  }

  /** Returns the examples of the batch that begins with {@code firstExample}, each once. */
  public int[] batchFrom(int firstExample) {
    int position = 0;
    while (position < count && order[position] != firstExample) {
      position++;
    }
    if (position == count) {
      return new int[] {firstExample}; // it was left out later on
    }
    int from = position;
    return IntStream.range(0, batch).map(slot -> order[(from + slot) % count]).distinct().toArray();
  }

  /** Returns what was left out, by the ids of the data set's examples. */
  public List<UnreadableExample> leftOut(List<String> ids) {
    List<UnreadableExample> examples = new ArrayList<>();
    leftOut.forEach((index, reason) -> examples.add(new UnreadableExample(ids.get(index), reason)));
    return examples;
  }
}
