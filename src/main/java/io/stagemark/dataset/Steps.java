package io.stagemark.dataset;

import io.stagemark.data.Stored;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The steps of one entry of a tensor data set: one for an entry that is no sequence. */
final class Steps {
  private final SortedSet<Long> counts = new TreeSet<>();
  private final Set<String> stepped = new HashSet<>();
  private final LastRead<List<Tensor>> lastTensors;
  private final LastRead<Tensor> lastTarget;

  /**
   * @param lastTensors of any entry of the data set
   * @param lastTarget of any entry of the data set
   */
  Steps(LastRead<List<Tensor>> lastTensors, LastRead<Tensor> lastTarget) {
    this.lastTensors = lastTensors;
    this.lastTarget = lastTarget;
  }

  /** Takes note of an array whose first axis is that of the steps. */
  void see(TensorSpec tensor) {
    counts.add(tensor.shape().get(0));
    stepped.add(tensor.name());
  }

  boolean disagree() {
    return counts.size() > 1;
  }

  SortedSet<Long> counts() {
    return counts;
  }

  /** Returns the number of steps. */
  long count() {
    return counts.isEmpty() ? 1 : counts.first();
  }

  boolean fitsTarget(List<Long> shape) {
    return counts.isEmpty() || (!shape.isEmpty() && shape.get(0) == count());
  }

  /**
   * Returns an example for each step; an id is such as {@code talk#0007}. The steps share what was
   * read last.
   *
   * @param tensors of the whole entry, one for each input
   * @param target of the whole entry
   */
  List<Example> examples(Path entry, Stored<List<Tensor>> tensors, Truth target) {
    String name = String.valueOf(entry.getFileName());
    if (counts.isEmpty()) {
      return List.of(new Example(name, entry, tensors, target, true));
    }
    Stored<List<Tensor>> whole = lastTensors.reading(entry, tensors);
    List<Example> examples = new ArrayList<>();
    for (int step = 0; step < count(); step++) {
      int at = step;
      String id = String.format(Locale.ROOT, "%s#%04d", name, step);
      examples.add(
          new Example(id, entry, () -> inputs(whole.read(), at), truth(target, at), step == 0));
    }
    return examples;
  }

  private List<Tensor> inputs(List<Tensor> whole, int step) {
    return whole.stream()
        .map(each -> stepped.contains(each.spec().name()) ? step(each, step) : each)
        .toList();
  }

  private Truth truth(Truth target, int step) {
    if (!(target instanceof Truth.Target all)) {
      return target;
    }
    Stored<Tensor> whole = lastTarget.reading(all.file(), all.stored());
    return new Truth.Target(all.file(), () -> step(whole.read(), step));
  }

  private static Tensor step(Tensor tensor, int step) {
    List<Long> shape = tensor.spec().shape();
    int size = tensor.bytes().capacity() / Math.toIntExact(shape.get(0));
    return new Tensor(
        new TensorSpec(tensor.spec().name(), tensor.spec().type(), shape.subList(1, shape.size())),
        tensor.bytes().slice(step * size, size).order(ByteOrder.nativeOrder()));
  }
}
