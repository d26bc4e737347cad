package io.stagemark.trial;

import io.stagemark.flops.OperationCount;
import io.stagemark.flops.roofline.Rate;
import io.stagemark.flops.roofline.Roofline;
import io.stagemark.result.CountFigures;
import io.stagemark.result.GraphCount;
import io.stagemark.result.OperatorTimes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Counts and rooflines as the result's records. */
public final class CountRecords {
  private CountRecords() {}

  /**
   * Returns a count as a record.
   *
   * @param file name of the file that was counted
   */
  public static GraphCount graph(String file, OperationCount count) {
    CountFigures perBatch =
        new CountFigures(
            whole(count.macs()),
            whole(count.total().intMacs()),
            whole(count.flops()),
            whole(count.flopsTotal()),
            whole(count.total().elementwise()),
            whole(count.total().special()),
            whole(count.total().comparisons()),
            whole(count.validMacs()),
            whole(count.memory().activationBytes()),
            whole(count.memory().peakActivationBytes()),
            whole(count.memory().bytesMoved()));
    return new GraphCount(
        new GraphCount.Origin(file, count.source(), count.shapesFrom(), count.batch()),
        perBatch,
        perBatch.dividedBy(count.batch()),
        new GraphCount.Weights(
            count.parameters(),
            count.weights().parameterBytes(),
            count.weights().statistics(),
            count.weights().sparsity()),
        count.arithmeticIntensity(),
        count.uncounted(),
        remarks(count));
  }

  private static List<String> remarks(OperationCount count) {
    List<String> remarks = new ArrayList<>();
    count.incompleteBecause().forEach(because -> remarks.add("not complete: " + because));
    remarks.addAll(count.warnings());
    return remarks;
  }

  private static BigDecimal whole(long value) {
    return BigDecimal.valueOf(value);
  }

  static OperatorTimes times(Roofline roofline) {
    List<OperatorTimes.Ceiling> peaks = new ArrayList<>();
    roofline.peak().flops().forEach((type, rate) -> peaks.add(ceiling(type, rate)));
    return new OperatorTimes(
        roofline.engine(),
        roofline.peak().threads(),
        peaks,
        ceiling("memory", roofline.peak().bandwidth()),
        point(roofline.whole()),
        roofline.heaviest().stream().map(CountRecords::point).toList(),
        roofline.kinds().stream().map(CountRecords::point).toList(),
        roofline.warnings());
  }

  private static OperatorTimes.Ceiling ceiling(String of, Rate rate) {
    return new OperatorTimes.Ceiling(of, rate.median(), rate.spread(), rate.samples(), rate.at());
  }

  private static OperatorTimes.RooflinePoint point(Roofline.OperatorPoint point) {
    return new OperatorTimes.RooflinePoint(
        point.name(),
        point.operator(),
        point.type(),
        point.seconds(),
        point.flopsTotal(),
        point.bytesMoved(),
        point.achieved(),
        point.attainable(),
        point.fraction());
  }
}
