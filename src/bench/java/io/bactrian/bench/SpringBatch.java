package io.bactrian.bench;

import java.nio.file.Path;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.launch.JobLauncher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Spring Batch: one step in two partitions on two threads, chunks of 1,000, its job repository in
 * an in-memory H2.
 */
final class SpringBatch implements Peer {

  @Override
  public Figures run(Path file, long records) throws Exception {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean("file", String.class, file::toString);
      context.registerBean("records", Long.class, () -> records);
      context.register(SpringBatchJob.class);
      context.refresh();
      JobExecution execution =
          context
              .getBean(JobLauncher.class)
              .run(context.getBean(Job.class), new JobParametersBuilder().toJobParameters());
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw new IllegalStateException(
            "the job ended as %s: %s"
                .formatted(execution.getStatus(), execution.getAllFailureExceptions()));
      }
      return context.getBean(SpringBatchJob.class).figures();
    }
  }
}
