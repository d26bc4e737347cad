package io.stagemark.run.record;

import io.stagemark.data.ImageSize;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.run.record.CaseCounting.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The counts of a case at each size of its image input, and their mean over the examples. Every
 * figure but multiply-accumulates and FLOPs is that of the size of most examples, which the count
 * says.
 */
final class SizedCounts {
  private final TreeMap<ImageSize, Long> flops = new TreeMap<>();
  private final Map<String, Long> uncounted = new TreeMap<>();
  private Optional<Counted> most = Optional.empty();
  private ImageSize mostSize = new ImageSize(1, 1);
  private int mostExamples;
  private int examples;
  private double macsSum;
  private double flopsSum;

  /**
   * Adds a size; the smaller sizes come first.
   *
   * @param ofSize examples that have it
   */
  void add(ImageSize size, int ofSize, Counted counted) {
    Operations operations = counted.operations();
    flops.put(size, operations.flops());
    operations.uncounted().forEach((name, nodes) -> uncounted.merge(name, nodes, Math::max));
    examples += ofSize;
    macsSum += (double) ofSize * operations.macs();
    flopsSum += (double) ofSize * operations.flops();
    if (ofSize >= mostExamples) {
      most = Optional.of(counted);
      mostSize = size;
      mostExamples = ofSize;
    }
  }

  /** Returns the count of the case; empty if nothing was added. */
  Optional<Counted> mean() {
    return most.map(
        counted -> {
          Operations of = counted.operations();
          Operations mean =
              new Operations(
                  of.graph(),
                  Math.round(macsSum / examples),
                  Math.round(flopsSum / examples),
                  of.parameters(),
                  uncounted,
                  of.counts().map(this::said));
          return new Counted(mean, false, counted.json(), flops);
        });
  }

  private ModelCounts said(ModelCounts of) {
    List<String> warnings = new ArrayList<>(of.warnings());
    if (flops.size() > 1) {
      warnings.add(
          "counted for an input of %s, which %d of %d examples have; the case's MACs and FLOPs are the mean over all examples"
              .formatted(mostSize, mostExamples, examples));
    }
    return new ModelCounts(
        of.convention(),
        of.graphs(),
        of.reconciliation(),
        of.stages(),
        of.perOp(),
        of.operators(),
        warnings);
  }
}
