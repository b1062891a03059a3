// A chosen file goes into the field for the key above it, in the browser: the server sees one field, pasted or uploaded.
Behaviour.specify('.darwin-key-file', 'darwin-key-file', 0, function (chooser) {
  chooser.addEventListener('change', function () {
    const file = chooser.files[0];
    const entry = chooser.closest('.jenkins-form-item').previousElementSibling;
    if (!file || !entry) {
      return;
    }
    file.text().then(function (text) {
      const area = entry.querySelector('textarea');
      if (area.hidden) {
        entry.querySelector('.secret-update-btn').click();
      }
      area.value = text;
      area.dispatchEvent(new Event('change', { bubbles: true }));
      chooser.value = '';
    });
  });
});
