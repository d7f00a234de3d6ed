package io.bactrian.inventory;

import io.bactrian.csv.ByteSlice;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.RecordView;
import io.bactrian.csv.RecordViews;
import io.bactrian.csv.Scaled;
import io.bactrian.csv.ScaledSum;
import io.bactrian.csv.SliceCounts;
import java.math.BigDecimal;
import java.nio.charset.Charset;

/**
 * Adds products up from views on their records, without an object per record: sums as scaled
 * integers, categories by their bytes. Gives the figures that {@link InventoryTotals} gives for the
 * same products one by one. Not thread safe.
 */
final class ViewTotals {
  private final Charset charset;
  private final int title;
  private final int category;
  private final int price;
  private final int rating;
  private final int stock;

  private final SliceCounts categories = new SliceCounts();
  private final ScaledSum value = new ScaledSum();
  private final ScaledSum ratings = new ScaledSum();
  private final Scaled number = new Scaled();
  private final Scaled other = new Scaled();
  private final ByteSlice name = new ByteSlice();
  private final Scaled maxPrice = new Scaled();
  private long count;
  private long maxPriceOrdinal;
  private String maxPriceProduct = "";

  ViewTotals(RecordViews records, Charset charset) {
    this.charset = charset;
    this.title = records.column("title");
    this.category = records.column("category");
    this.price = records.column("price");
    this.rating = records.column("rating");
    this.stock = records.column("stock");
  }

  /**
   * Adds one product.
   *
   * @throws CsvException if a field is no number
   */
  void add(RecordView product) {
    product.decimal(price, number);
    if (count == 0 || number.isGreaterThan(maxPrice)) {
      maxPrice.set(number);
      maxPriceOrdinal = product.ordinal();
      maxPriceProduct = product.text(title);
    }
    product.decimal(rating, other);
    ratings.add(other);
    product.integer(stock, other);
    value.addProduct(number, other);
    product.slice(category, name);
    categories.add(name);
    count++;
  }

  InventoryTotals totals() {
    BigDecimal highest = maxPrice.toBigDecimal();
    return InventoryTotals.of(
        new InventoryTotals.Sums(
            count, value.toBigDecimal(), ratings.toBigDecimal(), categories.toMap(charset)),
        new InventoryTotals.Highest(highest, maxPriceProduct, maxPriceOrdinal));
  }
}
