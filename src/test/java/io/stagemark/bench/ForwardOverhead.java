package io.stagemark.bench;

import static java.util.Locale.ROOT;

import io.stagemark.engine.Device;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.TinyModels;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What this project adds to a forward of ONNX Runtime: blocks of bare forwards and of ours taken in
 * turns in one JVM, and the median of the ratios of neighbouring blocks.
 *
 * <p>A third contender, a second bare loop, tells what ratio two equal loops have on this machine
 * at this hour. Every round opens new sessions, since a session can be slower than its twin for its
 * whole life, and within a round the order of the three is drawn anew for each triple.
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath io.stagemark.bench.ForwardOverhead 8 12"
 * </pre>
 *
 * The arguments are rounds and triples in a round (8 and 12 if absent): about two minutes.
 */
public final class ForwardOverhead {
  private static final long BLOCK_NANOS = 150_000_000L;
  private static final long WARMUP_NANOS = 1_000_000_000L;
  private static final int THREADS = 1;

  private ForwardOverhead() {}

  /** One forward. */
  private interface Forward {
    void run() throws Exception;
  }

  /** The times of one triple of blocks, in nanoseconds a forward. */
  private record Triple(double bare, double control, double ours) {}

  /** Prints a line for each round and one for all, for each model. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
    int triples = args.length > 1 ? Integer.parseInt(args[1]) : 12;
    for (String model : List.of("centernet", "add")) {
      List<Triple> all = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        List<Triple> measured = round(model, triples, new Random(round));
        print("%s round %d".formatted(model, round + 1), measured);
        all.addAll(measured);
      }
      print(model + " all", all);
    }
  }

  private static List<Triple> round(String model, int triples, Random random) throws Exception {
    ModelFile card = ForwardBenchmark.card(model);
    OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
    try (LoadedModel loaded = engine.load(card, TinyModels.settings(engine, Device.CPU));
        EngineSession session = loaded.newSession();
        BareOnnxRuntime bare = new BareOnnxRuntime(card, THREADS);
        BareOnnxRuntime control = new BareOnnxRuntime(card, THREADS)) {
      ForwardBenchmark.fill(model, session.input(0));
      bare.input.put(0, session.input(0).floats(), 0, bare.input.capacity());
      control.input.put(0, bare.input, 0, bare.input.capacity());
      List<Forward> contenders = List.of(bare::forward, control::forward, session::forward);
      int forwards = 1;
      for (Forward contender : contenders) {
        block(contender, 1);
        forwards = (int) Math.max(1, BLOCK_NANOS / warmUp(contender));
      }
      List<Triple> measured = new ArrayList<>();
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
      for (int i = 0; i < triples; i++) {
        Collections.shuffle(order, random);
        double[] nanos = new double[order.size()];
        for (int next : order) {
          nanos[next] = block(contenders.get(next), forwards);
        }
        measured.add(new Triple(nanos[0], nanos[1], nanos[2]));
      }
      return measured;
    }
  }

  /** Runs for a second and returns the nanoseconds of a forward. */
  private static long warmUp(Forward forward) throws Exception {
    long start = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - start < WARMUP_NANOS) {
      forward.run();
      count++;
    }
    return Math.max(1, (System.nanoTime() - start) / count);
  }

  private static double block(Forward forward, int forwards) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < forwards; i++) {
      forward.run();
    }
    return (System.nanoTime() - start) / (double) forwards;
  }

  private static void print(String name, List<Triple> triples) {
    double bare = median(triples.stream().map(Triple::bare).toList());
    double ratio = median(triples.stream().map(t -> t.ours() / t.bare()).toList());
    double control = median(triples.stream().map(t -> t.control() / t.bare()).toList());
    double difference = median(triples.stream().map(t -> t.ours() - t.bare()).toList());
    System.out.printf(
        ROOT,
        "%-20s bare %10.2f us  ours/bare %.4f  bare/bare %.4f  ours-bare %+8.3f us  (medians, n=%d)%n",
        name,
        bare / 1e3,
        ratio,
        control,
        difference / 1e3,
        triples.size());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
