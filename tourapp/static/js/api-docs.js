// Shows the API's description with Swagger UI; without it the page keeps its link.
if (window.SwaggerUIBundle) {
  const main = document.getElementById("documentation");
  window.SwaggerUIBundle({ url: main.dataset.url, domNode: main, validatorUrl: null });
}
