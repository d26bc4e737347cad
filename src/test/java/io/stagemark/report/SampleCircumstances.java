package io.stagemark.report;

import io.stagemark.result.Causes;
import io.stagemark.result.Causes.Cause;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.MachineReading;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.Resources;
import io.stagemark.result.Resources.MemoryGrowth;
import io.stagemark.result.Resources.ThreadActivity;
import io.stagemark.result.TrialLoad;
import io.stagemark.stats.Distribution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Circumstances with round numbers, for golden texts: not measured. */
final class SampleCircumstances {
  private SampleCircumstances() {}

  /** A calm machine that reports no steal. */
  static Circumstances quiet() {
    return new Circumstances(
        Optional.of(reading(4_000_000)),
        Optional.of(reading(4_100_000)),
        Optional.of(
            new TrialLoad(
                9_500_000_000L,
                17_100_000_000L,
                OptionalDouble.empty(),
                OptionalDouble.of(0.0125),
                OptionalLong.of(0))),
        Optional.of(causes()),
        Optional.of(resources()),
        Optional.of(
            new ColdStart(
                120_000_000,
                310_000_000,
                420_000_000,
                52_000_000,
                13_000_000,
                95_000_000,
                140_000_000,
                4321)),
        Optional.of("Vector API loops"));
  }

  /** Two pauses of 3 ms touched three of 210 batches; nothing was compiled. */
  private static Causes causes() {
    return new Causes(
        List.of(
            new Cause("gc pause", 2, 6_000_000, 3_500_000, 3, others(207)),
            new Cause("safepoint", 2, 6_400_000, 3_700_000, 3, others(207)),
            new Cause("compilation", 0, 0, 0, 0, others(210))),
        70,
        3,
        others(207));
  }

  private static Optional<Distribution> others(int count) {
    return Optional.of(
        Distribution.of(LongStream.generate(() -> 44_900_000).limit(count).toArray()));
  }

  private static Resources resources() {
    return new Resources(
        Optional.of(
            new ThreadActivity(
                OptionalLong.of(420),
                OptionalLong.of(17),
                OptionalLong.of(64),
                OptionalLong.of(0),
                OptionalLong.empty())),
        OptionalLong.of(612L << 20),
        OptionalLong.of(580L << 20),
        Optional.of(
            new MemoryGrowth(
                -40_960, -195.05, 11L << 20, false, List.of(300L << 20, 310L << 20, 312L << 20))),
        allocations());
  }

  private static Map<String, Double> allocations() {
    Map<String, Double> bytes = new LinkedHashMap<>();
    bytes.put("decode", 2048.0);
    bytes.put("preprocess", 0.0);
    bytes.put("forward", 96.0);
    bytes.put("postprocess", 512.5);
    return bytes;
  }

  static MachineRecord machine() {
    return new MachineRecord(
        "0123456789ab",
        new MachineRecord.Processors(
            OptionalInt.of(1),
            OptionalInt.of(2),
            OptionalInt.of(4),
            List.of("L1d 32 KiB × 2", "L2 1024 KiB × 2")),
        new MachineRecord.Host(
            Optional.of("Some Linux 1"),
            Optional.of("docker"),
            OptionalDouble.of(2.5),
            OptionalLong.empty()),
        new MachineRecord.Software(
            "Some VM 17.0.15+6",
            List.of("onnxruntime-1.29.0.jar"),
            Map.of("libonnxruntime.so", "cd".repeat(32)),
            Map.of("centernet-mbv3-coco/model.onnx", "ef".repeat(32))),
        new MachineRecord.Checkout(Optional.of("12".repeat(20)), Optional.of(true)));
  }

  private static MachineReading reading(long best) {
    return new MachineReading(
        best,
        best + 200_000,
        OptionalDouble.empty(),
        OptionalDouble.of(0.01),
        OptionalDouble.of(0.5));
  }
}
