package io.stagemark.data;

import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: always the Java that this program runs on. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * Returns a command line for this program's JDK.
   *
   * @param flags of the JVM
   * @param classPath of the child
   * @param main its main class
   * @param arguments of the main class
   */
  public static List<String> of(
      List<String> flags, String classPath, Class<?> main, List<String> arguments) {
    return of(Jdk.running(), flags, classPath, main, arguments);
  }

  /** Returns a command line for another JDK; the parameters are as above. */
  public static List<String> of(
      Jdk jdk, List<String> flags, String classPath, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(flags);
    command.add("-classpath");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** Returns the class path of this JVM. */
  public static String ownClassPath() {
    return System.getProperty("java.class.path");
  }
}
