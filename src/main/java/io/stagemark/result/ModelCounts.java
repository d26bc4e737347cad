package io.stagemark.result;

import java.util.List;
import java.util.Optional;

/**
 * Everything that was counted of a case: the same figures as {@code ./stagemark flops}.
 *
 * @param convention what a MAC, a FLOP and a total are
 * @param graphs the ONNX file, what the engine made of it if it was profiled, and the TorchScript
 *     file, as far as the model has them
 * @param reconciliation where the model has both files: do the two agree, kind by kind
 * @param stages operations by stage, of a batch
 * @param perOp the file with every operator, relative to the result
 * @param operators time by operator and roofline; empty if not asked for
 * @param warnings why something that was asked for is absent
 */
public record ModelCounts(
    String convention,
    List<GraphCount> graphs,
    List<String> reconciliation,
    List<StageOperations> stages,
    String perOp,
    Optional<OperatorTimes> operators,
    List<String> warnings) {
  public ModelCounts {
    graphs = List.copyOf(graphs);
    reconciliation = List.copyOf(reconciliation);
    stages = List.copyOf(stages);
    warnings = List.copyOf(warnings);
  }
}
