package io.stagemark.image;

import static io.stagemark.image.Pictures.chunk;
import static io.stagemark.image.Pictures.exif;
import static io.stagemark.image.Pictures.exifSegment;
import static io.stagemark.image.Pictures.flipped;
import static io.stagemark.image.Pictures.indexOf;
import static io.stagemark.image.Pictures.insert;
import static io.stagemark.image.Pictures.joined;
import static io.stagemark.image.Pictures.segment;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.image.ImageHeader.Trait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeaderTest {
  private static final byte[] JPEG = Pictures.of("jpeg");
  private static final byte[] PNG = Pictures.of("png");
  private static final int AFTER_IHDR = 33;

  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (var in = ImageHeaderTest.class.getResourceAsStream("/dataset/images/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static ImageHeader header(byte[] bytes) throws ImageFault {
    return ImageHeader.readWhole(ByteBuffer.wrap(bytes));
  }

  private static String fault(byte[] bytes) {
    try {
      return "none: " + header(bytes);
    } catch (ImageFault e) {
      return e.reason();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline.jpg",
        "progressive.jpg",
        "thumbnail.jpg",
        "rgb.png",
        "lossy.webp",
        "lossless.webp",
        "rgb.bmp",
        "grey.bmp",
        "bits.bmp"
      })
  void readWhole_wholeFile_isReadAndAnyCutIsAFault(String name) throws IOException {
    byte[] whole = resource(name);
    assertThat(header(whole).size()).isEqualTo("17x11 px");
    assertThat(ImageHeader.read(ByteBuffer.wrap(whole))).isEqualTo(header(whole));
    for (int length = 1; length < whole.length; length++) {
      assertThat(fault(Arrays.copyOf(whole, length)))
          .as("%s cut after %s of %s bytes", name, length, whole.length)
          .doesNotStartWith("none");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "thumbnail.jpg", "rgb.png", "rgb.bmp"})
  void readWhole_paddingAfterTheEnd_isNone(String name) throws IOException {
    byte[] whole = resource(name);
    assertThat(header(Arrays.copyOf(whole, whole.length + 1000)).size()).isEqualTo("17x11 px");
  }

  @Test
  void readWhole_cutFile_namesItsLength() throws IOException {
    assertThat(fault(Arrays.copyOf(resource("rgb.png"), 100)))
        .isEqualTo("cut off after 100 bytes: a PNG without its IEND chunk");
    assertThat(fault(Arrays.copyOf(resource("lossy.webp"), 100)))
        .isEqualTo("cut off after 100 bytes: a WebP of 126 bytes");
    // 17 px of 24 bits are 51 bytes, padded to 52; 11 rows after 54 bytes of headers: 626
    assertThat(fault(Arrays.copyOf(resource("rgb.bmp"), 625)))
        .isEqualTo("cut off after 625 bytes: a BMP of 626 bytes");
    byte[] tiff = Pictures.tiff(1, 8, LITTLE_ENDIAN);
    assertThat(fault(Arrays.copyOf(tiff, tiff.length - 30))).startsWith("cut off after ");
  }

  @Test
  void readWhole_missingEmptyFolderOrOtherFormat_isAFaultOfThatName() throws IOException {
    assertThat(faultOf(folder.resolve("none.jpg"))).isEqualTo("no such file");
    assertThat(faultOf(folder)).isEqualTo("a folder");
    assertThat(faultOf(Files.createFile(folder.resolve("empty.jpg")))).isEqualTo("0 bytes");
    assertThat(fault(Pictures.of("gif")))
        .isEqualTo("a GIF file, which OpenCV's decoder does not read");
    assertThat(fault("ftypavif".indent(4).getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("an AVIF file, which OpenCV's decoder does not read");
    assertThat(fault("<!DOCTYPE html><html>".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("no image: a web page: it starts with bytes 3c 21 44 4f");
    assertThat(
            fault(
                "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII)))
        .startsWith("no image: a pointer of Git LFS");
  }

  private static String faultOf(Path file) {
    try {
      return "none: " + ImageHeader.readWhole(file);
    } catch (ImageFault e) {
      return e.reason();
    }
  }

  // Orientation 6 turns 36x24 px to 24x36 px. The EXIF may be the second APP1 segment, and behind
  // tables; what comes after the scan began is no header.
  @Test
  void orientation_ofAJpeg_isInEitherByteOrderAndAnySegmentBeforeTheScan() throws IOException {
    byte[] xmp = segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>", new byte[0]);
    byte[] turned = exifSegment(6, BIG_ENDIAN);
    assertThat(header(JPEG).orientation()).isEqualTo(1);
    for (int orientation = 1; orientation <= 8; orientation++) {
      ImageHeader big = header(insert(JPEG, 2, exifSegment(orientation, BIG_ENDIAN)));
      ImageHeader little = header(insert(JPEG, 2, exifSegment(orientation, LITTLE_ENDIAN)));
      assertThat(big).isEqualTo(little);
      assertThat(big.orientation()).isEqualTo(orientation);
      assertThat(big.size()).isEqualTo(orientation < 5 ? "36x24 px" : "24x36 px");
      assertThat(big.storedSize()).isEqualTo("36x24 px");
    }
    assertThat(header(insert(JPEG, 2, xmp, turned)).size()).isEqualTo("24x36 px");
    int tables = indexOf(JPEG, "\u00FF\u00DB", 2);
    assertThat(header(insert(JPEG, tables, turned)).size()).isEqualTo("24x36 px");
    assertThat(header(insert(JPEG, JPEG.length - 2, turned)).size()).isEqualTo("36x24 px");
    assertThat(header(insert(JPEG, 2, turned, exifSegment(1, BIG_ENDIAN))).orientation())
        .isEqualTo(6);
  }

  @Test
  void orientation_thatIsNone_isUpright() throws IOException {
    for (int orientation : new int[] {0, 9, 65_535}) {
      assertThat(header(insert(JPEG, 2, exifSegment(orientation, BIG_ENDIAN))).orientation())
          .isEqualTo(1);
    }
    byte[] cut = Arrays.copyOf(exif(6, BIG_ENDIAN), 15);
    assertThat(header(insert(JPEG, 2, segment(0xE1, "Exif\0\0", cut))).orientation()).isEqualTo(1);
    byte[] noTiff = segment(0xE1, "Exif\0\0", "XX\0*".getBytes(StandardCharsets.US_ASCII));
    assertThat(header(insert(JPEG, 2, noTiff)).orientation()).isEqualTo(1);
  }

  @Test
  void orientation_ofPngWebpAndTiff_isRead() throws IOException {
    byte[] png = insert(PNG, AFTER_IHDR, chunk("eXIf", exif(6, LITTLE_ENDIAN)));
    assertThat(header(png).size()).isEqualTo("24x36 px");
    assertThat(header(Pictures.tiff(8, 8, BIG_ENDIAN)).size()).isEqualTo("24x36 px");
    assertThat(header(Pictures.tiff(3, 8, LITTLE_ENDIAN)).orientation()).isEqualTo(3);
    assertThat(header(Pictures.tiff(9, 8, LITTLE_ENDIAN)).orientation()).isEqualTo(1);
    byte[] prefixed = insert(PNG, AFTER_IHDR, chunk("eXIf", new byte[] {'E', 'x', 'i', 'f', 0, 0}));
    assertThat(fault(prefixed)).contains("eXIf chunk does not begin with II or MM");
  }

  // libjpeg passes over bytes between segments and fill bytes before a marker, with a warning.
  @Test
  void readWhole_jpegWithStrayBytesBetweenMarkers_isAccepted() throws IOException {
    int tables = indexOf(JPEG, "\u00FF\u00DB", 2);
    assertThat(header(insert(JPEG, tables, new byte[] {0x12, 0x34})).size()).isEqualTo("36x24 px");
    byte[] fill = {(byte) 0xFF, (byte) 0xFF};
    assertThat(header(insert(JPEG, tables, fill)).size()).isEqualTo("36x24 px");
    assertThat(ImageHeader.read(ByteBuffer.wrap(insert(JPEG, tables, new byte[] {0, 7}))).size())
        .isEqualTo("36x24 px");
  }

  @Test
  void readWhole_firstPictureOfTwoIsCut_isAFaultThoughTheFileEndsWell() throws IOException {
    assertThat(header(joined(JPEG, JPEG)).size()).isEqualTo("36x24 px");
    assertThat(fault(joined(Arrays.copyOf(JPEG, JPEG.length - 60), JPEG)))
        .endsWith("a JPEG without its end marker");
    byte[] several = insert(JPEG, 2, segment(0xE2, "MPF\0", new byte[4]));
    assertThat(header(joined(several, JPEG)).traits()).containsExactly(Trait.MORE_PICTURES);
  }

  // Restart markers (D0 to D7), stuffed FF 00 and fill bytes belong to the entropy-coded data.
  @Test
  void readWhole_restartMarkersInAScan_doNotEndIt() throws IOException {
    byte[] frame = segment(0xC0, "", new byte[] {8, 0, 24, 0, 36, 1, 1, 0x11, 0});
    byte[] scan = {
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      2,
      7,
      (byte) 0xFF,
      (byte) 0xD0,
      7,
      (byte) 0xFF,
      0,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xD9,
      0
    };
    byte[] whole = joined(new byte[] {(byte) 0xFF, (byte) 0xD8}, frame, scan);
    assertThat(header(whole).size()).isEqualTo("36x24 px");
    assertThat(fault(Arrays.copyOf(whole, whole.length - 2)))
        .endsWith("a JPEG without its end marker");
  }

  // The frame header is FF C0, its length, bits a sample, height, width, components (B.2.2).
  @Test
  void readWhole_jpegThatLibjpegDoesNotDecode_isAFaultWithTheTrueReason() throws IOException {
    int frame = indexOf(JPEG, "\u00FF\u00C0", 2);
    byte[] bits = JPEG.clone();
    bits[frame + 4] = 12;
    assertThat(fault(bits)).isEqualTo("a JPEG of 12 bits a sample");
    byte[] lossless = JPEG.clone();
    lossless[frame + 1] = (byte) 0xC3;
    assertThat(fault(lossless)).contains("a lossless or hierarchical JPEG");
    byte[] flat = JPEG.clone();
    flat[frame + 5] = 0;
    flat[frame + 6] = 0;
    assertThat(fault(flat)).isEqualTo("a JPEG of 36x0 px");
    byte[] vast = JPEG.clone();
    Arrays.fill(vast, frame + 5, frame + 9, (byte) 0xFF);
    assertThat(fault(vast)).contains("65535x65535 px: OpenCV decodes sides up to");
    assertThat(header(Pictures.cmykJpeg()).traits()).containsExactly(Trait.CMYK);
  }

  @Test
  void readWhole_pngChecksums_countWhereDecodingNeedsTheChunk() throws IOException {
    int text = AFTER_IHDR + 8;
    byte[] named = insert(PNG, AFTER_IHDR, chunk("tEXt", new byte[] {'a', 0, 'b'}));
    assertThat(header(flipped(named, text)).size()).isEqualTo("36x24 px");
    assertThat(fault(flipped(PNG, indexOf(PNG, "IDAT", 0) + 20)))
        .isEqualTo("damaged: the checksum of a PNG's IDAT chunk is wrong");
    assertThat(fault(flipped(PNG, AFTER_IHDR - 1)))
        .isEqualTo("damaged: the checksum of a PNG's IHDR chunk is wrong");
    assertThat(fault(flipped(PNG, PNG.length - 1)))
        .isEqualTo("damaged: the checksum of a PNG's IEND chunk is wrong");
    // what is timed reads no checksum: the data set was checked before
    assertThat(ImageHeader.read(ByteBuffer.wrap(flipped(PNG, PNG.length - 1))).size())
        .isEqualTo("36x24 px");
  }

  @Test
  void readWhole_pngThatLibpngDoesNotDecode_isAFaultWithTheTrueReason() throws IOException {
    byte[] ihdr = Arrays.copyOfRange(PNG, 16, 29);
    byte[] rest = Arrays.copyOfRange(PNG, AFTER_IHDR, PNG.length);
    byte[] start = Arrays.copyOf(PNG, 8);
    byte[] flat = ihdr.clone();
    flat[7] = 0;
    assertThat(fault(joined(start, chunk("IHDR", flat), rest))).isEqualTo("a PNG of 36x0 px");
    byte[] depth = ihdr.clone();
    depth[8] = 3;
    assertThat(fault(joined(start, chunk("IHDR", depth), rest)))
        .contains("3 bits and colour type 2");
    byte[] palette = ihdr.clone();
    palette[9] = 3;
    assertThat(fault(joined(start, chunk("IHDR", palette), rest))).endsWith("without a palette");
    assertThat(fault(insert(PNG, 8, chunk("CgBI", new byte[4])))).contains("Apple's own variant");
    assertThat(fault(insert(PNG, AFTER_IHDR, chunk("CRit", new byte[1]))))
        .endsWith("unknown critical chunk CRit");
    assertThat(fault(joined(start, chunk("IHDR", ihdr), chunk("IEND", new byte[0]))))
        .contains("without pixels");
    assertThat(header(insert(PNG, AFTER_IHDR, chunk("acTL", new byte[8]))).traits())
        .containsExactly(Trait.MORE_PICTURES);
  }

  @Test
  void readWhole_tiffKinds_areReadOrRefusedByName() throws IOException {
    assertThat(header(Pictures.tiff(1, 16, BIG_ENDIAN)).size()).isEqualTo("36x24 px");
    assertThat(fault(Pictures.tiff(1, 32, BIG_ENDIAN))).contains("1 samples of 32 bits a pixel");
  }

  @Test
  void readWhole_netpbm_isReadWithCommentsAndHeldToItsEnd() throws IOException {
    byte[] plain = "P6 # two\n2 1\n255\nabcdef".getBytes(StandardCharsets.US_ASCII);
    assertThat(header(plain).size()).isEqualTo("2x1 px");
    // 17 bytes of header, 2 pixels of 3 bytes
    assertThat(fault(Arrays.copyOf(plain, 22)))
        .isEqualTo("cut off after 22 bytes: a PNM of 23 bytes");
    assertThat(fault("P5 a word".getBytes(StandardCharsets.US_ASCII))).contains("'a' for a number");
  }
}
