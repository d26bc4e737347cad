package io.stagemark.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page as one file of HTML: style and scripts are in it, and its Content Security Policy names
 * them by their digests, so that nothing else runs and nothing is fetched.
 */
public final class HtmlPage {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final String LICENSE = UPLOT + "LICENSE";

  private HtmlPage() {}

  /** Returns the file's text. */
  public static String of(Page page) throws IOException {
    String style = text("page.css");
    List<String> scripts = new ArrayList<>();
    if (page.zooms()) {
      style += text(UPLOT + "dist/uPlot.min.css");
      scripts.add(licensed(text(UPLOT + "dist/uPlot.iife.min.js")));
    }
    scripts.add(text("page.js"));
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("page", page);
    parameters.put("style", style);
    parameters.put("scripts", scripts);
    parameters.put("policy", policy(style, scripts));
    StringOutput output = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", parameters, output);
    return output.toString();
  }

  private static String licensed(String script) throws IOException {
    return "/* uPlot\n" + text(LICENSE).replace("*/", "") + "*/\n" + script;
  }

  private static String policy(String style, List<String> scripts) {
    return "default-src 'none'; style-src "
        + digest(style)
        + "; script-src "
        + scripts.stream().map(HtmlPage::digest).collect(Collectors.joining(" "))
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the class path has no " + resource);
      }
      return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
    }
  }

  /**
   * Returns JSON as it can be the text of a {@code <script>} element: no tag or comment begins or
   * ends in it, and nothing in it is invisible. It is the same JSON.
   */
  public static String inScript(String json) {
    StringBuilder safe = new StringBuilder(json.length() + json.length() / 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      int type = Character.getType(c);
      if (c == '<' || c == '>' || c == '&' || c == 0x7f || isUnseen(type)) {
        safe.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Surrogates are escaped one by one, which JSON reads as the character they are. */
  private static boolean isUnseen(int type) {
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
