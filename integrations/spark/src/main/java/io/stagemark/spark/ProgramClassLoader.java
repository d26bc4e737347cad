package io.stagemark.spark;

import io.stagemark.spark.program.Program;
import io.stagemark.spark.program.ProgramRequest;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads Stagemark and its libraries apart from Spark's. Both have Jackson, Protocol Buffers and
 * SLF4J, of different versions, and Spark's Jackson module for Scala refuses another Jackson than
 * its own. There is one of these a JVM and list of jars: a JVM loads a native library for one class
 * loader only.
 */
final class ProgramClassLoader extends URLClassLoader {
  private static final String SHARED = Program.class.getPackageName() + ".";
  private static final String PROGRAM = "io.stagemark.spark.inside.ScoringProgram";
  private static final Map<List<Path>, ProgramClassLoader> LOADERS = new ConcurrentHashMap<>();

  static {
    registerAsParallelCapable();
  }

  private ProgramClassLoader(URL[] jars) {
    super("stagemark", jars, ClassLoader.getPlatformClassLoader());
  }

  /**
   * Opens Stagemark.
   *
   * @param jars of Stagemark and its libraries
   * @throws IOException if it cannot be loaded from them
   */
  static Program open(List<Path> jars, ProgramRequest request) throws IOException {
    ProgramClassLoader loader = LOADERS.computeIfAbsent(List.copyOf(jars), ProgramClassLoader::of);
    try {
      Object program =
          loader.loadClass(PROGRAM).getConstructor(ProgramRequest.class).newInstance(request);
      return new InItsLoader(loader, (Program) program);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException("Stagemark cannot be loaded from " + jars.get(0) + ": " + e, e);
    }
  }

  private static ProgramClassLoader of(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    CodeSource own = ProgramClassLoader.class.getProtectionDomain().getCodeSource();
    urls.add(Objects.requireNonNull(own.getLocation(), "classes without a place"));
    try {
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("a path that is no address: " + jars, e);
    }
    return new ProgramClassLoader(urls.toArray(URL[]::new));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(SHARED)
        ? Program.class.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }
}
