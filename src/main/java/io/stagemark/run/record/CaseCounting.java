package io.stagemark.run.record;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ImageSize;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.text.CountJson;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.spi.Registry;
import io.stagemark.trial.CountRecords;
import io.stagemark.trial.CountedFile;
import io.stagemark.trial.session.CaseSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the operations of each case by its model's files alone: no engine is loaded. Files are
 * counted once for each shape of their inputs. Not thread-safe.
 */
public final class CaseCounting {
  private final Registry<Engine> engines;
  private final Map<String, OperationCount> counts = new HashMap<>();

  public CaseCounting(Registry<Engine> engines) {
    this.engines = engines;
  }

  /**
   * The count of a case.
   *
   * @param operations for the result
   * @param needsRun whether some operator's shapes in the engine's own file are known only after a
   *     run
   * @param json every operator, as {@code ./stagemark flops --format json} prints it
   * @param flopsBySize 2 × multiply-accumulates for an image of each size of the input; empty for a
   *     case of one size
   */
  public record Counted(
      Operations operations, boolean needsRun, String json, Map<ImageSize, Long> flopsBySize) {}

  /**
   * Counts a case.
   *
   * @param examples of the data set: where their images give the input its size, the count is the
   *     mean over them
   * @return empty if the model has no file whose format can be counted
   * @throws BadInputException if the ONNX file cannot be read
   */
  public Optional<Counted> count(CaseSpec spec, List<Example> examples) throws BadInputException {
    if (!spec.model().sizesByImage()) {
      return count(spec, Set.of(CountedFile.ONNX, CountedFile.TORCHSCRIPT));
    }
    Engine engine = engines.get(spec.engine());
    Set<String> followed = CaseSizes.format(spec.model(), engine).map(Set::of).orElse(Set.of());
    SizedCounts sizes = new SizedCounts();
    for (Map.Entry<ImageSize, List<Example>> each : CaseSizes.of(spec, examples).entrySet()) {
      Optional<Counted> counted = count(CaseSizes.at(spec, engine, each.getKey()), followed);
      if (counted.isPresent()) {
        sizes.add(each.getKey(), each.getValue().size(), counted.get());
      }
    }
    return sizes.mean();
  }

  /**
   * Counts a case whose extents are all known.
   *
   * @param formats of the model's files that are counted: one of another may have fixed sides
   */
  private Optional<Counted> count(CaseSpec spec, Set<String> formats) throws BadInputException {
    List<FileCount> found = new ArrayList<>();
    for (String format : List.of(CountedFile.ONNX, CountedFile.TORCHSCRIPT)) {
      if (formats.contains(format) && spec.model().files().containsKey(format)) {
        found.add(new FileCount(format, count(spec, format)));
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String own = engines.get(spec.engine()).info().format().orElse("");
    FileCount first =
        found.stream().filter(f -> f.format().equals(own)).findFirst().orElse(found.get(0));
    return Optional.of(counted(spec, first, found));
  }

  /** Returns the count of a model's file of one format. */
  private record FileCount(String format, OperationCount count) {}

  private static Counted counted(CaseSpec spec, FileCount own, List<FileCount> found) {
    List<GraphCount> graphs =
        found.stream()
            .map(f -> CountRecords.graph(CountedFile.name(spec, f.format()), f.count()))
            .toList();
    List<String> reconciliation = new ArrayList<>();
    for (FileCount other : found.subList(1, found.size())) {
      reconciliation.add(reconciled(found.get(0).count(), other.count()));
    }
    OperationCount count = own.count();
    String format = own.format();
    ModelCounts counts =
        new ModelCounts(
            OperationCount.CONVENTION,
            graphs,
            reconciliation,
            StageCounting.of(spec, count),
            "operations/%s-%s-b%d.json".formatted(spec.model().name(), format, spec.batch()),
            Optional.empty(),
            List.of());
    Operations operations =
        new Operations(
            CountedFile.name(spec, format),
            Math.round(count.macsPerImage()),
            Math.round(count.flopsPerImage()),
            count.weights().parameters(),
            count.uncounted(),
            Optional.of(counts));
    boolean needsRun = format.equals(CountedFile.ONNX) && !count.complete() && count.needsRun();
    String json =
        CountJson.render(CountedFile.name(spec, format), List.of(count), Optional.empty());
    return new Counted(operations, needsRun, json, Map.of());
  }

  /** A count that leaves something out differs for that reason alone. */
  private static String reconciled(OperationCount first, OperationCount second) {
    if (first.complete() && second.complete()) {
      return Reconciliation.of(first, second).sentence();
    }
    return "%s and %s cannot be held together: %s is not wholly counted"
        .formatted(
            first.source(), second.source(), first.complete() ? second.source() : first.source());
  }

  private OperationCount count(CaseSpec spec, String format) throws BadInputException {
    String key =
        "%s %s %s".formatted(spec.model().name(), format, spec.model().inputs(spec.batch()));
    OperationCount known = counts.get(key);
    if (known == null) {
      known =
          format.equals(CountedFile.ONNX)
              ? OnnxFlops.inferred(
                  CountedFile.path(spec, CountedFile.ONNX), CountedFile.inputs(spec))
              : torchScript(spec);
      counts.put(key, known);
    }
    return known;
  }

  /** A module whose code cannot be followed can still be measured: the report says why. */
  private static OperationCount torchScript(CaseSpec spec) {
    List<TensorSpec> inputs = spec.model().inputs(spec.batch());
    List<List<Long>> shapes = inputs.stream().map(TensorSpec::shape).toList();
    try {
      return TorchScriptFlops.count(CountedFile.path(spec, CountedFile.TORCHSCRIPT), shapes);
    } catch (BadInputException e) {
      return OperationCount.uncountable(
          CountedFile.TORCHSCRIPT, spec.batch(), String.valueOf(e.getMessage()).strip());
    }
  }
}
