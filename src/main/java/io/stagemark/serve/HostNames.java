package io.stagemark.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a request may call this server by. A page of another site whose name was made to
 * lead to this machine (DNS rebinding) sends its own name, and is refused.
 */
final class HostNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names = new TreeSet<>();
  private final int port;

  /**
   * @param address that is listened at
   * @param others names that the user allows besides
   */
  HostNames(InetSocketAddress address, Set<String> others) {
    InetAddress host = address.getAddress();
    names.addAll(LOOPBACK);
    if (!host.isAnyLocalAddress()) {
      names.add(
          host.getHostAddress().contains(":")
              ? "[" + host.getHostAddress() + "]"
              : host.getHostAddress());
      names.add(address.getHostString().toLowerCase(Locale.ROOT));
    }
    others.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    this.port = address.getPort();
  }

  /**
   * Returns whether a request is for this server.
   *
   * @param header {@code Host}, such as {@code localhost:8080}; null if there is none
   */
  boolean allow(@org.jspecify.annotations.Nullable String header) {
    if (header == null) {
      return false;
    }
    String host = header.toLowerCase(Locale.ROOT);
    String suffix = ":" + port;
    String name = host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : host;
    return names.contains(name);
  }
}
