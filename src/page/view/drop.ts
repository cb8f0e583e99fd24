/** Files dropped anywhere on the page. */

export function onDrop(body: HTMLElement, take: (files: readonly File[]) => void): void {
  const mark = (dragging: boolean): void => {
    body.classList.toggle('dragging', dragging);
  };
  body.addEventListener('dragover', (event) => {
    // Says that a drop is welcome; without it the browser leaves the page for the file.
    event.preventDefault();
    mark(true);
  });
  body.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) mark(false);
  });
  body.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
