package io.stagemark.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A jar as somebody outside this project makes it: classes of package {@code elsewhere}. */
public final class StrangersJar {
  private final Path folder;
  private final Map<String, String> services = new LinkedHashMap<>();
  private final List<String> sources = new ArrayList<>();

  /**
   * @param folder empty or missing, for sources and classes
   */
  public StrangersJar(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Adds a class that implements an extension point. */
  public StrangersJar with(String service, String name, String source) throws IOException {
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, "package elsewhere;\n" + source);
    sources.add(file.toString());
    return naming(service, name);
  }

  /** Names a class as an implementation, whether or not there is one. */
  public StrangersJar naming(String service, String name) {
    services.merge(service, "elsewhere." + name + "\n", String::concat);
    return this;
  }

  /** Compiles and packs everything. */
  public Path pack(Path jar) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    if (!sources.isEmpty()) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-d",
                  classes.toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-proc:none"));
      arguments.addAll(sources);
      int exitCode =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      assertThat(exitCode).isZero();
    }
    Path announced = Files.createDirectories(classes.resolve("META-INF/services"));
    for (Map.Entry<String, String> service : services.entrySet()) {
      Files.writeString(announced.resolve(service.getKey()), service.getValue());
    }
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (OutputStream bytes = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    return jar;
  }
}
