package io.stagemark.flops.roofline;

import java.util.List;

/**
 * A model under its roofline.
 *
 * @param engine whose operators and ceilings these are
 * @param peak the ceilings
 * @param whole the model: its time is the sum of its operators' times in the profiled pass
 * @param heaviest the ten operators that take longest, longest first
 * @param kinds time and operations by kind of operator, longest first
 * @param warnings what makes a figure doubtful
 */
public record Roofline(
    String engine,
    MachinePeak peak,
    OperatorPoint whole,
    List<OperatorPoint> heaviest,
    List<OperatorPoint> kinds,
    List<String> warnings) {
  public Roofline {
    heaviest = List.copyOf(heaviest);
    kinds = List.copyOf(kinds);
    warnings = List.copyOf(warnings);
  }

  /**
   * One operator, or several together.
   *
   * @param name the node's name, or the group's
   * @param operator its kind
   * @param type what it is computed in, such as {@code float32}; of several, what most FLOPs are
   * @param flopsTotal 2 × MAC + elementwise + special (integer MACs count alike), of the batch
   * @param bytesMoved inputs plus outputs
   * @param seconds median over the runs of the profiled pass
   * @param attainable FLOPs a second under the roofline; 0 where nothing is computed, or no peak of
   *     the type was measured
   */
  public record OperatorPoint(
      String name,
      String operator,
      String type,
      long flopsTotal,
      long bytesMoved,
      double seconds,
      double attainable) {

    /** Returns FLOPs a byte. */
    public double intensity() {
      return bytesMoved == 0 ? 0 : (double) flopsTotal / bytesMoved;
    }

    /** Returns FLOPs a second. */
    public double achieved() {
      return seconds == 0 ? 0 : flopsTotal / seconds;
    }

    /** Returns achieved over attainable; 0 where there is no attainable. */
    public double fraction() {
      return attainable == 0 ? 0 : achieved() / attainable;
    }
  }
}
