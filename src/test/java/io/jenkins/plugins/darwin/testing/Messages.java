package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.model.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what was told. */
public class Messages implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong advanced = new AtomicLong();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Over all tasks, in their units. */
    public long advanced() {
        return advanced.get();
    }

    @Override
    public void message(String line) {
        lines.add(line);
    }

    @Override
    public Task start(String label, long total, Unit unit) {
        return new Task() {
            @Override
            public void advance(long amount) {
                advanced.addAndGet(amount);
            }

            @Override
            public void close() {
                // nothing is shown
            }
        };
    }
}
