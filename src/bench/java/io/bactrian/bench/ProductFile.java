package io.bactrian.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;

/**
 * Writes product files of about 175 bytes a record: not periodic, with quoted commas, doubled
 * quotes, line breaks inside quotes and non-ASCII. One product has the highest price, so that the
 * answer does not depend on how a peer breaks ties.
 */
final class ProductFile {
  private static final long SEED = 59;
  private static final String HEADER =
      "id,title,description,category,price,discountPercentage,rating,stock,brand,sku,weight\n";
  private static final String[] CATEGORIES = {
    "beauty",
    "fragrances",
    "furniture",
    "groceries",
    "home-decoration",
    "kitchen-accessories",
    "laptops",
    "mens-shirts",
    "mens-shoes",
    "mens-watches",
    "mobile-accessories",
    "motorcycle",
    "skin-care",
    "smartphones",
    "sports-accessories",
    "sunglasses",
    "tablets",
    "tops",
    "vehicle",
    "womens-bags"
  };
  private static final String[] WORDS = {
    "quiet", "copper", "folding", "nordic", "crème", "light", "heavy", "azure", "plain", "lamp",
    "kettle", "chair", "scarf", "notebook", "clock", "with", "for", "every", "room", "and",
    "outdoors", "hand", "made", "wool", "oak", "steel", "glass", "señor", "warm", "small"
  };
  private static final String[] BRANDS = {"Aurum", "Bøg", "Caravan", "Dune & Co", "\"Ember, Ltd\""};

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final StringBuilder line = new StringBuilder(400);

  private ProductFile() {}

  /** The file of so many records in a folder; made when it is not there yet. */
  static Path of(Path folder, long records) throws IOException {
    Path file = folder.resolve("products-%d.csv".formatted(records));
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve(file.getFileName() + ".new");
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
        new ProductFile().write(out, records);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void write(OutputStream out, long records) throws IOException {
    out.write(HEADER.getBytes(StandardCharsets.UTF_8));
    long dearest = records * 2 / 3;
    for (long id = 1; id <= records; id++) {
      line.setLength(0);
      product(id, id == dearest);
      out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void product(long id, boolean dearest) {
    line.append(id).append(',');
    boolean quoted = random.nextInt(10) == 0;
    line.append(quoted ? "\"" : "");
    words(2);
    line.append(quoted ? ", \"\"" + id + "\"\"\"" : " " + id).append(',');
    boolean broken = random.nextInt(20) == 0;
    line.append(broken ? "\"" : "");
    words(15);
    line.append(broken ? "\nbatch, no. " + random.nextInt(1000) + "\"" : "").append(',');
    line.append(CATEGORIES[random.nextInt(CATEGORIES.length)]).append(',');
    decimals(dearest ? 9_999_999 : 99 + random.nextInt(random.nextInt(1, 250_000)));
    line.append(',');
    decimals(random.nextInt(3000));
    line.append(',');
    decimals(100 + random.nextInt(401));
    line.append(',').append(random.nextInt(500)).append(',');
    line.append(BRANDS[random.nextInt(BRANDS.length)]).append(",SKU-");
    line.append(Long.toString(random.nextLong(1L << 40), 36)).append('-').append(id).append(',');
    line.append(1 + random.nextInt(40)).append('\n');
  }

  private void words(int count) {
    for (int i = 0; i < count; i++) {
      line.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
  }

  private void decimals(long hundredths) {
    line.append(hundredths / 100).append('.');
    line.append(hundredths % 100 < 10 ? "0" : "").append(hundredths % 100);
  }
}
