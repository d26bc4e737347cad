package io.stagemark.nmscurve;

import static java.util.Locale.ROOT;

import io.stagemark.nmscurve.NmsCurve.CurvePoint;
import io.stagemark.stats.Median;
import io.stagemark.stats.PowerLaw;
import java.util.List;

/** An NMS cost curve as a table for people. */
public final class NmsCurveText {
  private NmsCurveText() {}

  public static String render(NmsCurve curve) {
    NmsCurveSetup setup = curve.setup();
    StringBuilder text = new StringBuilder(heading(setup));
    text.append(
        String.format(
            ROOT,
            "%n%10s %10s %8s %12s %16s %10s%n",
            "candidates",
            "into NMS",
            "kept",
            "p50 ms",
            "ns a candidate",
            "growth"));
    double lastNanos = Double.NaN;
    int lastCount = 0;
    for (int count : setup.counts()) {
      List<CurvePoint> points =
          curve.points().stream().filter(p -> p.candidates() == count).toList();
      double nanos = Median.of(points.stream().mapToLong(CurvePoint::medianNanos).toArray());
      text.append(
          String.format(
              ROOT,
              "%10d %10d %8d %12.4f %16.1f %10s%n",
              count,
              Math.min(count, setup.preNmsTopK()),
              Math.round(Median.of(points.stream().mapToLong(CurvePoint::kept).toArray())),
              nanos / 1e6,
              nanos / count,
              growth(lastNanos, nanos, lastCount, count)));
      lastNanos = nanos;
      lastCount = count;
    }
    return text.append('\n').append(law(curve)).toString();
  }

  private static String heading(NmsCurveSetup setup) {
    return String.format(
        ROOT,
        "nms-curve · %s%s, IoU %s, %s, %d class%s, at most %d in and %d out%n"
            + "%s boxes in 640x640 px, one thread, %d set%s a count%n",
        setup.rule(),
        setup.parameter().isPresent() ? " (" + setup.parameter().getAsDouble() + ")" : "",
        setup.iouThreshold(),
        setup.classAgnostic() ? "agnostic" : "by class",
        setup.classes(),
        setup.classes() == 1 ? "" : "es",
        setup.preNmsTopK(),
        setup.maxDetections(),
        setup.clustered() ? "clustered (40 objects)" : "random",
        setup.sets(),
        setup.sets() == 1 ? "" : "s");
  }

  /** The exponent between two rows. */
  private static String growth(double before, double after, int countBefore, int count) {
    return Double.isNaN(before) || before == 0
        ? "–"
        : String.format(
            ROOT, "^%.2f", Math.log(after / before) / Math.log((double) count / countBefore));
  }

  private static String law(NmsCurve curve) {
    int cut = curve.setup().preNmsTopK();
    int largest = curve.setup().counts().get(curve.setup().counts().size() - 1);
    String cutNote =
        largest > cut
            ? String.format(
                ROOT,
                "Beyond %d candidates only the best %d enter (preNmsTopK): those rows are not in the"
                    + " fit.%n",
                cut,
                cut)
            : "";
    if (curve.fit().isEmpty()) {
      return cutNote + "No fit: it needs at least three sets of boxes and two counts.\n";
    }
    PowerLaw fit = curve.fit().get();
    return cutNote
        + String.format(
            ROOT,
            "time ~ candidates^%.2f, 95 %% interval %.2f to %.2f (Theil-Sen on the logarithms of %d"
                + " medians)%n",
            fit.exponent(),
            fit.low(),
            fit.high(),
            fit.points());
  }
}
