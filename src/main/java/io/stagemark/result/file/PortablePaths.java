package io.stagemark.result.file;

import io.stagemark.data.PlainText;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paths as records keep them: with slashes, and without this machine's folders. A file below the
 * program's folder is written from there, then one below or near another base (the config's folder,
 * or the current one), and any other by its name alone. What is relative already stays.
 */
public final class PortablePaths {
  private static final String PART = "[^\\s/:;,'\"`()\\[\\]{}<>|*?]+";
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?:file:(?://)?|(?<![\\w./~<-]))((?:/" + PART + "){2,})");

  private final List<Path> bases;
  private final List<Path> roots;

  /**
   * @param base that a path is written from where it is not below the program's folder
   * @param others whose names alone are kept in messages
   */
  private PortablePaths(Path base, Stream<Path> others) {
    this.bases = Stream.of(home(), absolute(base)).filter(each -> each.getNameCount() > 0).toList();
    this.roots =
        Stream.concat(bases.stream(), Stream.concat(others, systemFolders()))
            .map(PortablePaths::absolute)
            .filter(each -> each.getNameCount() > 0)
            .distinct()
            .sorted(Comparator.comparing((Path each) -> -each.toString().length()))
            .toList();
  }

  /**
   * Returns how a run writes paths.
   *
   * @param config the config's file
   * @param others the run's output, its data set
   */
  public static PortablePaths ofRun(Path config, Path... others) {
    return new PortablePaths(absolute(config).resolveSibling(""), Stream.of(others));
  }

  /** Returns how a command writes its arguments: from the current folder. */
  public static PortablePaths ofCommand() {
    return new PortablePaths(Path.of(""), Stream.empty());
  }

  private static Path home() {
    return absolute(Path.of(System.getProperty("stagemark.home", "")));
  }

  private static Stream<Path> systemFolders() {
    return Stream.of("java.io.tmpdir", "user.home", "user.dir", "java.home")
        .map(System::getProperty)
        .filter(Objects::nonNull)
        .map(Path::of);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Returns a path without this machine's folders. */
  public String of(Path path) {
    if (!path.isAbsolute()) {
      return slashes(path);
    }
    Path whole = absolute(path);
    for (Path base : bases) {
      if (whole.startsWith(base)) {
        return slashes(base.relativize(whole));
      }
    }
    for (int i = bases.size() - 1; i >= 0; i--) {
      if (related(bases.get(i), whole)) {
        return slashes(bases.get(i).relativize(whole));
      }
    }
    return name(whole);
  }

  /** Returns a path as an argument of a command; see {@link #arguments}. */
  public String argument(Path path) {
    return arguments(path).get(0);
  }

  /**
   * Returns paths as arguments of a command that a shell reads. One that no base leads to has
   * {@code …/} in place of its folders, so that a reader sees that the line is to be completed, and
   * as many of its last names as distinguish the paths.
   */
  public List<String> arguments(Path... paths) {
    long different = Stream.of(paths).map(PortablePaths::absolute).distinct().count();
    int longest = Stream.of(paths).mapToInt(path -> absolute(path).getNameCount()).max().orElse(0);
    for (int names = 1; ; names++) {
      List<String> texts = new ArrayList<>();
      for (Path path : paths) {
        texts.add(PlainText.shellArgument(leadsTo(path) ? of(path) : ending(path, names)));
      }
      if (new HashSet<>(texts).size() >= different || names >= longest) {
        return texts;
      }
    }
  }

  private boolean leadsTo(Path path) {
    Path whole = absolute(path);
    return !path.isAbsolute()
        || bases.stream().anyMatch(base -> whole.startsWith(base) || related(base, whole));
  }

  private static String ending(Path path, int names) {
    Path whole = absolute(path);
    int count = whole.getNameCount();
    return "…/" + slashes(whole.subpath(Math.max(0, count - names), count));
  }

  private static boolean related(Path base, Path whole) {
    return Objects.equals(base.getRoot(), whole.getRoot())
        && whole.getNameCount() > 0
        && base.getName(0).equals(whole.getName(0));
  }

  private static String name(Path path) {
    return path.getFileName() == null ? "." : path.getFileName().toString();
  }

  private static String slashes(Path path) {
    String text = path.toString().replace('\\', '/');
    return text.isEmpty() ? "." : text;
  }

  /** Returns a message without this machine's folders; of what is not known, the name stays. */
  public String text(String message) {
    String text = message;
    for (Path root : roots) {
      Pattern mentioned =
          Pattern.compile(
              "(?:file:(?://)?|(?<![\\w./~-]))"
                  + Pattern.quote(root.toString())
                  + "(?:([/\\\\])(?=[^\\s/])|[/\\\\]?(?![\\w-]))");
      text = mentioned.matcher(text).replaceAll(found -> shortened(root, found));
    }
    return ABSOLUTE.matcher(text).replaceAll(PortablePaths::named);
  }

  private String shortened(Path root, MatchResult found) {
    boolean inside = found.group(1) != null;
    String prefix = bases.contains(root) ? "" : name(root) + "/";
    return Matcher.quoteReplacement(inside ? prefix : name(root));
  }

  /** A name of a graph's node looks like a path too; it has no folder on this machine. */
  private static String named(MatchResult found) {
    Path path = Path.of(found.group(1));
    boolean real =
        Files.exists(path) || Files.isDirectory(Objects.requireNonNull(path.getParent()));
    return Matcher.quoteReplacement(real ? name(path) : found.group());
  }

  /** Returns {@code KEY=VALUE} with its value, where that is a path, as {@link #of} writes it. */
  public String setting(String setting) {
    int value = setting.indexOf('=') + 1;
    return setting.startsWith("/", value)
        ? setting.substring(0, value) + of(Path.of(setting.substring(value)))
        : text(setting);
  }

  /**
   * Returns a record's tree with its paths, which are {@code file:} addresses, and texts mapped.
   */
  public Map<String, Object> tree(Map<?, ?> tree) {
    Map<String, Object> mapped = new LinkedHashMap<>();
    tree.forEach((key, value) -> mapped.put(String.valueOf(key), value(value)));
    return mapped;
  }

  private Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return tree(map);
    }
    if (value instanceof List<?> list) {
      List<Object> mapped = new ArrayList<>();
      list.forEach(each -> mapped.add(value(each)));
      return mapped;
    }
    if (value instanceof String text) {
      return text.startsWith("file:///") ? ofAddress(text) : text(text);
    }
    return value;
  }

  private String ofAddress(String address) {
    try {
      return of(Path.of(URI.create(address)));
    } catch (IllegalArgumentException e) { // a text of the user that looks like an address
      return text(address);
    }
  }

  /**
   * Returns a file as {@link #resolved} finds it again: from a run's folder, or from the program's
   * where that folder has nothing in common with the file's.
   */
  static String from(Path folder, String file) {
    Path whole = absolute(Path.of(file));
    Path base = absolute(folder);
    boolean near = base.getNameCount() > 0 && related(base, whole);
    if (!near && whole.startsWith(home()) && home().getNameCount() > 0) {
      return slashes(home().relativize(whole));
    }
    return Objects.equals(base.getRoot(), whole.getRoot())
        ? slashes(base.relativize(whole))
        : slashes(whole); // another drive has no relative path
  }

  /** Returns the file that an example of a run's folder names; older runs have absolute paths. */
  public static String resolved(Path folder, String file) {
    try {
      Path own = absolute(folder).resolve(file).normalize();
      return (Files.exists(own) ? own : home().resolve(file).normalize()).toString();
    } catch (InvalidPathException e) { // of a file that somebody changed: no picture then
      return file;
    }
  }
}
