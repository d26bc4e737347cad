package io.stagemark.bench;

import io.stagemark.data.Tensor;
import io.stagemark.engine.CenterNet;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.TinyModels;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A forward through {@link EngineSession} beside one through ONNX Runtime's Java API alone, on the
 * detector that ships (forward dominates) and on one addition (overhead is all there is).
 *
 * <p>{@code mvn -q test-compile exec:exec@bench -Dbench="ForwardBenchmark -prof gc"}
 *
 * <p>Each benchmark runs in forks of its own, and a session of ONNX Runtime can come out slower
 * than its twin for its whole life: for the ratio of the two, see {@link ForwardOverhead}, which
 * pairs them in one JVM.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ForwardBenchmark {

  /** The model to run. */
  @Param({"centernet", "add"})
  public String model;

  private BareOnnxRuntime bare;
  private LoadedModel loaded;
  private EngineSession session;

  /** Returns a model of {@link #model}'s values. */
  static ModelFile card(String name) {
    return name.equals("centernet")
        ? CenterNet.model(".onnx")
        : TinyModels.model(
            "add.onnx", TinyModels.float32("x", 2, 3), TinyModels.float32("y", 2, 3));
  }

  /** Writes what both run on: a photograph for the detector, for the addition anything. */
  static void fill(String name, Tensor input) throws Exception {
    if (name.equals("centernet")) {
      CenterNet.photograph("coffee.jpg", input);
    }
  }

  /** Opens both on the same input. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    ModelFile card = card(model);
    OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
    loaded = engine.load(card, TinyModels.settings(engine, Device.CPU));
    session = loaded.newSession();
    fill(model, session.input(0));
    bare = new BareOnnxRuntime(card, 1);
    bare.input.put(0, session.input(0).floats(), 0, bare.input.capacity());
  }

  /** ONNX Runtime alone. */
  @Benchmark
  public void bare() throws Exception {
    bare.forward();
  }

  /** Through this project. */
  @Benchmark
  public Tensor stagemark() throws EngineException {
    session.forward();
    return session.output(0);
  }

  /** Frees both. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    bare.close();
    session.close();
    loaded.close();
  }
}
