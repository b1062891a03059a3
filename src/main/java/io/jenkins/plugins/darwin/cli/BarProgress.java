package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for a terminal: bars for long work, messages above them. */
final class BarProgress implements Progress {
    private static final int UPDATE_MILLIS = 100;

    private final PrintStream err;

    BarProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public synchronized void message(String line) {
        err.println("\r\u001b[2K" + ForeignText.lines(line));
    }

    @Override
    public Task start(String label, long total, Unit unit) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(err));
        if (unit == Unit.BYTES) {
            builder.setUnit(" MiB", 1 << 20);
        }
        ProgressBar bar = builder.build();
        return new Task() {
            @Override
            public void advance(long amount) {
                bar.stepBy(amount);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
