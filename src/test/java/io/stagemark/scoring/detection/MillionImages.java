package io.stagemark.scoring.detection;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Not a test: writes the matches of many made-up images in shards and merges them, to see what time
 * and memory that takes. Arguments: images, shards, boxes an image.
 */
public final class MillionImages {
  private static final int CATEGORIES = 80;
  private static final int OBJECTS = 7;

  private MillionImages() {}

  /** Prints sizes and times. */
  public static void main(String[] args) throws IOException {
    int images = Integer.parseInt(args[0]);
    int shards = Integer.parseInt(args[1]);
    int boxes = Integer.parseInt(args[2]);
    Path folder = Files.createTempDirectory("million");
    long start = cpu();
    long bytes = 0;
    for (int k = 0; k < shards; k++) {
      Path file = folder.resolve(String.valueOf(k));
      CocoAp shard =
          shard((int) ((long) k * images / shards), (int) ((k + 1L) * images / shards), boxes);
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new DeflaterOutputStream(Files.newOutputStream(file))))) {
        shard.write(out);
      }
      bytes += Files.size(file);
    }
    System.out.printf(
        "matched and written: %.1f s, %.0f MiB deflated%n", seconds(start), mib(bytes));
    start = cpu();
    CocoAp merged = new CocoAp();
    for (int k = shards - 1; k >= 0; k--) {
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(
                  new InflaterInputStream(
                      Files.newInputStream(folder.resolve(String.valueOf(k))))))) {
        merged.add(in);
      }
      Files.delete(folder.resolve(String.valueOf(k)));
    }
    Files.delete(folder);
    System.out.printf("merged: %.1f s%n", seconds(start));
    System.gc();
    Runtime jvm = Runtime.getRuntime();
    System.out.printf("state: %.0f MiB%n", mib(jvm.totalMemory() - jvm.freeMemory()));
    start = cpu();
    System.out.printf("AP %.4f: %.1f s%n", merged.result().figures().ap(), seconds(start));
    System.out.printf("heap now: %.0f MiB%n", mib(jvm.totalMemory() - jvm.freeMemory()));
  }

  /** Time of the processor: other work on the machine is not in it, nor is the collector's. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double seconds(long start) {
    return (cpu() - start) / 1e9;
  }

  private static double mib(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static CocoAp shard(int from, int to, int boxes) {
    CocoAp shard = new CocoAp();
    for (int i = from; i < to; i++) {
      SplittableRandom random = new SplittableRandom(i);
      List<CocoTruth> truths = new ArrayList<>();
      for (int t = 0; t < OBJECTS; t++) {
        double side = 8 + 200 * random.nextDouble();
        truths.add(
            new CocoTruth(
                400 * random.nextDouble(),
                400 * random.nextDouble(),
                side,
                side,
                category(random),
                side * side,
                false));
      }
      List<CocoDetection> detections = new ArrayList<>();
      for (int d = 0; d < boxes; d++) {
        CocoTruth near = truths.get(random.nextInt(OBJECTS));
        detections.add(
            new CocoDetection(
                near.x() + 20 * random.nextDouble(),
                near.y() + 20 * random.nextDouble(),
                near.width(),
                near.height(),
                random.nextInt(4) == 0 ? category(random) : near.category(),
                (float) random.nextDouble()));
      }
      shard.addCoco("%012d.jpg".formatted(i), detections, truths);
    }
    return shard;
  }

  /** A third of all objects is of one category, as persons are in COCO. */
  private static int category(SplittableRandom random) {
    return random.nextInt(3) == 0 ? 0 : random.nextInt(CATEGORIES);
  }
}
