package io.stagemark.flops.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small TorchScript archives: one module, its float tensors, its code. */
final class TinyArchive {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final List<Long> storages = new ArrayList<>();
  private final StringBuilder fields = new StringBuilder();
  private String body = "";
  private long claimedMore;
  private long stride;
  private String parameters = "x: Tensor";
  private String shared = "";

  TinyArchive() {
    write("\u0080\u0002c__torch__\nM\n)\u0081}(");
  }

  private void write(String latin1) {
    pickle.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void text(String value) {
    write("X");
    integer(value.length());
    write(value);
  }

  private void integer(int value) {
    pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void number(long value) {
    write("J");
    integer((int) value);
  }

  /** Adds a float tensor of zeros as a field. */
  TinyArchive tensor(String name, long... shape) {
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
    }
    fields.append("  ").append(name).append(" : Tensor\n");
    text(name);
    write("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    write("ctorch\nFloatStorage\n");
    boolean own = shared.isEmpty();
    text(own ? Integer.toString(storages.size()) : "0");
    text("cpu");
    number(own ? elements + claimedMore : storages.get(0) / 4);
    write("tQ");
    number(own ? 0 : Long.parseLong(shared));
    write("(");
    for (long extent : shape) {
      number(extent);
    }
    write("t(");
    for (int i = 0; i < shape.length; i++) {
      number(stride > 0 ? stride : contiguous(shape, i));
    }
    write("t\u0089ccollections\nOrderedDict\n)RtR");
    if (own) {
      storages.add(4 * elements);
    }
    return this;
  }

  private static long contiguous(long[] shape, int axis) {
    long step = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      step *= shape[i];
    }
    return step;
  }

  /** Adds a float tensor as another view of the first storage, from {@code offset} on. */
  TinyArchive view(String name, int offset, long... shape) {
    shared = Integer.toString(offset);
    tensor(name, shape);
    shared = "";
    return this;
  }

  /** Declares other parameters of forward than {@code x: Tensor}. */
  TinyArchive parameters(String declared) {
    parameters = declared;
    return this;
  }

  /** Lets the tensors that follow claim more elements than they have. */
  TinyArchive claiming(long more) {
    claimedMore = more;
    return this;
  }

  /** Sets the stride of every axis of the tensors that follow. */
  TinyArchive striding(long elements) {
    stride = elements;
    return this;
  }

  /** The statements of forward(self, x), one a line. */
  TinyArchive forward(String... lines) {
    body = "    " + String.join("\n    ", lines) + "\n";
    return this;
  }

  Path write(Path folder) throws IOException {
    write("ub.");
    Path file = folder.resolve("tiny.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "data.pkl", pickle.toByteArray());
      String code =
          "class M(Module):\n  __parameters__ = []\n"
              + fields
              + "  def forward(self: __torch__.M,\n    "
              + parameters
              + ") -> Tensor:\n"
              + body;
      entry(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < storages.size(); i++) {
        entry(zip, "data/" + i, new byte[Math.toIntExact(storages.get(i))]);
      }
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry("tiny/" + name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
