package io.bactrian.bench;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ExecutionContext;
import org.springframework.batch.item.ItemWriter;
import org.springframework.batch.item.file.FlatFileItemReader;
import org.springframework.batch.item.file.mapping.DefaultLineMapper;
import org.springframework.batch.item.file.mapping.PassThroughFieldSetMapper;
import org.springframework.batch.item.file.separator.DefaultRecordSeparatorPolicy;
import org.springframework.batch.item.file.transform.DelimitedLineTokenizer;
import org.springframework.batch.item.file.transform.FieldSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** The job as its documentation would write it. */
@Configuration
@EnableBatchProcessing
class SpringBatchJob {
  private static final int CHUNK = 1_000;
  private static final String[] COLUMNS = {
    "id",
    "title",
    "description",
    "category",
    "price",
    "discountPercentage",
    "rating",
    "stock",
    "brand",
    "sku",
    "weight"
  };

  private final Queue<Totals> parts = new ConcurrentLinkedQueue<>();

  Figures figures() {
    var totals = new Totals();
    parts.forEach(totals::addAll);
    return totals.figures();
  }

  @Bean
  DataSource dataSource() {
    return new EmbeddedDatabaseBuilder()
        .setType(EmbeddedDatabaseType.H2)
        .addScript("org/springframework/batch/core/schema-h2.sql")
        .build();
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  ThreadPoolTaskExecutor partitionThreads() {
    var threads = new ThreadPoolTaskExecutor();
    threads.setCorePoolSize(Peers.THREADS);
    return threads;
  }

  @Bean
  Job job(JobRepository repository, Step partitioned) {
    return new JobBuilder("inventory", repository).start(partitioned).build();
  }

  @Bean
  Step partitioned(
      JobRepository repository, Step range, Long records, ThreadPoolTaskExecutor partitionThreads) {
    return new StepBuilder("partitioned", repository)
        .partitioner("range", parts -> partitions(parts, records))
        .step(range)
        .gridSize(Peers.THREADS)
        .taskExecutor(partitionThreads)
        .build();
  }

  private static Map<String, ExecutionContext> partitions(int count, long records) {
    var partitions = new ConcurrentHashMap<String, ExecutionContext>();
    for (int i = 0; i < count; i++) {
      var range = new ExecutionContext();
      range.putInt("from", (int) (records * i / count));
      range.putInt("to", (int) (records * (i + 1) / count));
      partitions.put("range-" + i, range);
    }
    return partitions;
  }

  @Bean
  Step range(
      JobRepository repository,
      PlatformTransactionManager transactions,
      FlatFileItemReader<FieldSet> reader,
      ItemWriter<FieldSet> writer) {
    return new StepBuilder("range", repository)
        .<FieldSet, FieldSet>chunk(CHUNK, transactions)
        .reader(reader)
        .writer(writer)
        .build();
  }

  @Bean
  @StepScope
  FlatFileItemReader<FieldSet> reader(
      String file,
      @Value("#{stepExecutionContext['from']}") Integer from,
      @Value("#{stepExecutionContext['to']}") Integer to) {
    var tokenizer = new DelimitedLineTokenizer();
    tokenizer.setNames(COLUMNS);
    var mapper = new DefaultLineMapper<FieldSet>();
    mapper.setLineTokenizer(tokenizer);
    mapper.setFieldSetMapper(new PassThroughFieldSetMapper());
    var reader = new RecordReader();
    reader.setName("products");
    reader.setResource(new FileSystemResource(file));
    reader.setRecordSeparatorPolicy(new DefaultRecordSeparatorPolicy());
    reader.setLinesToSkip(1);
    reader.setLineMapper(mapper);
    reader.setCurrentItemCount(from);
    reader.setMaxItemCount(to);
    return reader;
  }

  @Bean
  @StepScope
  ItemWriter<FieldSet> writer() {
    var totals = new Totals();
    parts.add(totals);
    return products ->
        products.forEach(
            product ->
                totals.add(
                    product.readRawString("title"),
                    product.readRawString("category"),
                    product.readRawString("price"),
                    product.readRawString("rating"),
                    product.readRawString("stock")));
  }

  /** Skips records, where the reader's own way skips lines and would cut records in two. */
  static class RecordReader extends FlatFileItemReader<FieldSet> {

    @Override
    protected void jumpToItem(int itemIndex) throws Exception {
      for (int i = 0; i < itemIndex; i++) {
        doRead();
      }
    }
  }
}
