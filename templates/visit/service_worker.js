// At the root of the site, so that it answers for all of it. The address tells every change of what it loads.
import "{{ asset('js/offline/' ~ name ~ '.js') }}";
