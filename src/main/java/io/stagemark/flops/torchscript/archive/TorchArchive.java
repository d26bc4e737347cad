package io.stagemark.flops.torchscript.archive;

import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.script.Parser;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.script.ScriptUnit;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript archive: a zip of code, pickles and the bytes of tensors. Nothing in it is run, and
 * no tensor is loaded: its size is checked against the entry that holds it.
 */
public final class TorchArchive implements AutoCloseable {
  /** Code or pickles larger than this are no model's. */
  private static final long LARGEST_TEXT = 64L << 20;

  private static final int MAX_ENTRIES = 1 << 20;

  private final ZipFile zip;
  private final String root;
  private final ShapeTape tape;
  private final Map<String, Optional<ScriptUnit>> units = new HashMap<>();
  private long textLeft = LARGEST_TEXT;

  private TorchArchive(ZipFile zip, String root, ShapeTape tape) {
    this.zip = zip;
    this.root = root;
    this.tape = tape;
  }

  /**
   * Opens an archive.
   *
   * @param tape that the tensors become constants of
   * @throws ScriptFault if it is no TorchScript archive
   */
  public static TorchArchive open(Path file, ShapeTape tape) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      if (zip.size() > MAX_ENTRIES) {
        throw new ScriptFault("", zip.size() + " entries in one archive");
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        String name = entries.nextElement().getName();
        if (name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/')) {
          return new TorchArchive(zip, name.substring(0, name.indexOf('/') + 1), tape);
        }
      }
      throw new ScriptFault("", "a zip without data.pkl: no TorchScript archive");
    } catch (ScriptFault e) {
      zip.close();
      throw e;
    }
  }

  /** Returns the model, everything below it named. */
  public ScriptObject model() throws IOException {
    if (zip.getEntry(root + "code/__torch__.py") == null && !hasCode()) {
      throw new ScriptFault(
          "",
          "a zip of torch.save without code: a checkpoint or a state_dict, no TorchScript archive",
          "a file that torch.jit.save wrote",
          "load the weights into the model in Python, then torch.jit.script(model).save(file)");
    }
    if (restore("data.pkl", "data/") instanceof ScriptObject model) {
      model.name();
      return model;
    }
    throw new ScriptFault("data.pkl", "no module in it");
  }

  private boolean hasCode() {
    return zip.stream().anyMatch(entry -> entry.getName().startsWith(root + "code/"));
  }

  /** Returns what the code calls {@code CONSTANTS.c0}, {@code .c1} and so on. */
  public List<@Nullable Object> constants() throws IOException {
    if (zip.getEntry(root + "constants.pkl") == null) {
      return List.of();
    }
    return restore("constants.pkl", "constants/") instanceof ScriptTuple tuple
        ? tuple.items()
        : List.of();
  }

  private @Nullable Object restore(String pickle, String storages) throws IOException {
    byte[] bytes = read(pickle);
    ArchiveTensors tensors = new ArchiveTensors(zip, root, storages, tape);
    Unpickler.restore(bytes, pickle, tensors);
    tensors.gathered();
    return Unpickler.restore(bytes, pickle, tensors);
  }

  /**
   * Returns the code of a module such as {@code __torch__.torch.nn.functional}, if there is any.
   */
  public Optional<ScriptUnit> unit(String module) throws IOException {
    Optional<ScriptUnit> known = units.get(module);
    if (known == null) {
      String path = "code/" + module.replace('.', '/') + ".py";
      known =
          zip.getEntry(root + path) == null
              ? Optional.empty()
              : Optional.of(Parser.parse(new String(read(path), StandardCharsets.UTF_8), path));
      units.put(module, known);
    }
    return known;
  }

  private byte[] read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(root + name);
    if (entry == null) {
      throw new ScriptFault(name, "not in the archive");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) textLeft + 1);
      if (bytes.length > textLeft) {
        throw new ScriptFault(
            name, "code and pickles of more than %d MiB".formatted(LARGEST_TEXT >> 20));
      }
      textLeft -= bytes.length;
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if (entry.getCrc() != checksum.getValue()) {
        throw new ScriptFault(name, "broken: its checksum is not the archive's");
      }
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
