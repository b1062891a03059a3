package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Progress;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Passes JGit's progress on, for work that lasts: what is over within a second is not worth a line. */
final class JGitProgress implements ProgressMonitor {
    private static final long WORTH_SHOWING_NS = 1_000_000_000L;

    private final Progress progress;
    private String title = "";
    private int total;
    private long begun;
    private long done;
    private Progress.Task task;

    JGitProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void start(int totalTasks) {
        // each task is shown on its own
    }

    @Override
    public synchronized void beginTask(String name, int totalWork) {
        endTask();
        title = name;
        total = totalWork;
        begun = System.nanoTime();
        done = 0;
    }

    @Override
    public synchronized void update(int completed) {
        done += completed;
        if (task != null) {
            task.advance(completed);
        } else if (System.nanoTime() - begun > WORTH_SHOWING_NS) {
            task = progress.start(title, total == UNKNOWN ? -1 : total, Progress.Unit.ITEMS);
            task.advance(done);
        }
    }

    @Override
    public synchronized void endTask() {
        if (task != null) {
            task.close();
            task = null;
        }
    }

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void showDuration(boolean enabled) {
        // the display decides
    }
}
