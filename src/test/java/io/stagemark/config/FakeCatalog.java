package io.stagemark.config;

import io.stagemark.engine.Engine;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/** A catalog of fakes alone, whatever real engines and tasks are on the class path. */
final class FakeCatalog extends ClassLoader {
  private static final Map<String, List<Class<?>>> SERVICES =
      Map.of(
          "META-INF/services/" + Engine.class.getName(),
          List.of(FakeEngine.Onnx.class, FakeEngine.Torch.class, FakeEngine.Constant.class),
          "META-INF/services/" + Task.class.getName(),
          List.of(FakeTask.Detection.class, FakeTask.Tensors.class));

  private FakeCatalog() {
    super(FakeCatalog.class.getClassLoader());
  }

  static Catalog of(Path modelsFolder, Path outputFolder) {
    FakeCatalog loader = new FakeCatalog();
    return new Catalog(
        Registry.discover(Engine.class, loader),
        Registry.discover(Task.class, loader),
        List.of("console", "html", "json", "markdown"),
        modelsFolder,
        outputFolder);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<Class<?>> classes = SERVICES.get(name);
    if (classes == null) {
      return super.getResources(name);
    }
    try {
      Path file = Files.createTempFile("stagemark-service", null);
      file.toFile().deleteOnExit();
      Files.write(file, classes.stream().map(Class::getName).toList());
      return Collections.enumeration(List.of(file.toUri().toURL()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
