package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.data.Tensor;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model under the runtime's own profiler: which nodes ran, on which shapes, for how long.
 * Never part of a timed pass: profiling slows every node down.
 */
final class OnnxProfiler implements NodeProfiler {
  @Override
  public List<NodeExecution> profile(Request request) throws EngineException {
    ModelCheck check =
        new ModelCheck(
            OnnxRuntimeEngine.NAME,
            new ModelFile(
                String.valueOf(request.file().getFileName()),
                Optional.of(request.file()),
                List.of(),
                List.of()));
    OrtEnvironment environment = NativeRuntime.start(check);
    Path folder = null;
    try (SessionOptions options = new SessionOptions()) {
      folder = TemporaryFiles.folder("stagemark-profile");
      configure(options, request, folder);
      Path events = run(environment, options, request);
      return ProfileFile.read(events);
    } catch (OrtException e) {
      throw check.problem(
          String.valueOf(e.getMessage()),
          "a model that ONNX Runtime can run on inputs of these shapes",
          "check the shapes of the inputs",
          e);
    } catch (IOException e) {
      throw check.problem(
          "the profile: " + e.getMessage(), "a writable temporary folder", "set java.io.tmpdir", e);
    } finally {
      delete(folder);
    }
  }

  private static void configure(SessionOptions options, Request request, Path folder)
      throws OrtException {
    Settings settings = request.settings();
    // a session that cannot be made would complain on stderr of its unwritten profile too
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    options.setIntraOpNumThreads(settings.threads());
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(settings.optimized() ? OptLevel.ALL_OPT : OptLevel.NO_OPT);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.disable_prepacking", settings.prepacked() ? "0" : "1");
    Path parent = request.file().toAbsolutePath().getParent();
    if (parent != null) {
      options.addConfigEntry(
          "session.model_external_initializers_file_folder_path", parent.toString());
    }
    if (settings.optimizedModel().isPresent()) {
      options.setOptimizedModelFilePath(settings.optimizedModel().get().toString());
    }
    options.enableProfiling(folder.resolve("profile").toString());
  }

  private static Path run(OrtEnvironment environment, SessionOptions options, Request request)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession session = environment.createSession(request.model(), options)) {
      for (Tensor tensor : request.inputs()) {
        inputs.put(tensor.spec().name(), wrap(environment, tensor));
      }
      for (int i = 0; i < request.settings().runs(); i++) {
        session.run(inputs).close();
      }
      return Path.of(session.endProfiling());
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor wrap(OrtEnvironment environment, Tensor tensor) throws OrtException {
    OnnxJavaType type =
        OnnxTypes.toOnnx(tensor.spec().type())
            .orElseThrow(
                () -> new OrtException("no input of type " + tensor.spec().type() + " from Java"));
    long[] shape = tensor.spec().shape().stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(environment, tensor.bytes(), shape, type);
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      ScratchTree.delete(folder);
    } catch (IOException e) {
      // a leftover in the temporary folder harms nothing
      folder.toFile().deleteOnExit();
    }
  }
}
